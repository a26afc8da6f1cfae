import { useMemo } from 'react'
import { Link } from 'wouter'
import type { FailedJob } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { queueOf } from '../../panels/job-list/queue-of.ts'
import { type OnAct, RowActions } from '../../panels/job-list/row-actions.tsx'
import { SaidFailureLine } from '../../panels/server-words/said-failure.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

/** Columns of the table of failures. `onAct` has to stay the same function. */
export function useFailedColumns(onAct: OnAct): readonly Column<FailedJob>[] {
  const { failed, jobs } = useMessages()
  return useMemo<readonly Column<FailedJob>[]>(() => {
    const { column } = failed
    return [
      {
        id: 'id',
        header: column.id,
        card: 'plain',
        render: ({ id }) => (
          <Link className="link mono nowrap" href={`/jobs/${id}`} aria-label={jobs.open(id)}>
            {id}
          </Link>
        ),
      },
      { id: 'type', header: column.type, card: 'title', render: ({ type }) => <Cut text={type} /> },
      { id: 'queue', header: column.queue, render: (job) => <Cut text={queueOf(job, jobs)} /> },
      {
        id: 'error',
        header: column.error,
        card: 'wide',
        render: ({ failure }) => <SaidFailureLine failure={failure} className="failed-error cut tone-failed" />,
      },
      { id: 'failedAt', header: column.failedAt, render: ({ failure }) => <Moment at={failure.failedAt} /> },
      {
        id: 'attempts',
        header: column.attempts,
        align: 'end',
        render: ({ triesBegun, tries }) => (
          <span className="nowrap" title={jobs.attempts(triesBegun, tries)}>
            {triesBegun}/{tries}
          </span>
        ),
      },
      {
        id: 'actions',
        header: column.actions,
        align: 'end',
        card: 'wide',
        render: ({ id }) => <RowActions id={id} state="failed" onAct={onAct} />,
      },
    ]
  }, [failed, jobs, onAct])
}

function Cut({ text }: { readonly text: string }) {
  return (
    <span className="name cut" title={visibleText(text)}>
      {visibleText(text)}
    </span>
  )
}
