import { useMemo } from 'react'
import { Link } from 'wouter'
import type { FailedJob } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { JobLink } from '../../ui/job-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

const keyOf = ({ id }: FailedJob) => id

function useColumns(): readonly Column<FailedJob>[] {
  const { failures } = useMessages().overview
  return useMemo(
    () => [
      { id: 'job', header: failures.job, card: 'title', render: (job) => <JobLink {...job} /> },
      {
        id: 'error',
        header: failures.error,
        card: 'wide',
        render: ({ failure }) => (
          <span className="error-line" title={visibleText(failure.message)}>
            <b>{visibleText(failure.errorClass)}</b> {visibleText(failure.message)}
          </span>
        ),
      },
      {
        id: 'when',
        header: failures.when,
        align: 'end',
        card: 'wide',
        render: ({ failure }) => <RelativeTime at={failure.failedAt} />,
      },
    ],
    [failures],
  )
}

/** The jobs that failed for good last. */
export function FailuresPanel({ failures }: { readonly failures: readonly FailedJob[] }) {
  const words = useMessages().overview.failures
  const columns = useColumns()
  return (
    <Panel
      title={words.title}
      actions={
        <Link to="/failed" className="link">
          {words.all}
        </Link>
      }
    >
      {failures.length === 0 ? (
        <p className="quiet-note">{words.empty}</p>
      ) : (
        <Table caption={words.title} columns={columns} rows={failures} rowKey={keyOf} />
      )}
    </Panel>
  )
}
