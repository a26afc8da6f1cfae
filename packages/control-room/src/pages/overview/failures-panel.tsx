import { Suspense, useMemo } from 'react'
import { Link } from 'wouter'
import type { FailedJob } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import { useLanguage, useMessages } from '../../i18n/messages-context.tsx'
import { isOwnMessage } from '../../panels/server-words/own-message.ts'
import { FailureLine } from '../../ui/failure-line.tsx'
import { JobLink } from '../../ui/job-link.tsx'
import { lazyPart, useLazyPart } from '../../ui/lazy-part.ts'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

/** The words for what the server says come behind the first drawing, and only where they are needed. */
const saidFailure = lazyPart(async () => (await import('../../panels/server-words/said-failure.tsx')).SaidFailureLine)

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
        render: ({ failure }) => <OverviewFailure failure={failure} />,
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

function OverviewFailure({ failure }: { readonly failure: FailedJob['failure'] }) {
  const isSaid = useLanguage() === 'en' || !isOwnMessage(failure.kind)
  const Said = useLazyPart(saidFailure)
  const asItStands = (
    <FailureLine errorClass={failure.errorClass} message={visibleText(failure.message)} className="error-line" />
  )
  return isSaid ? (
    asItStands
  ) : (
    <Suspense fallback={asItStands}>
      <Said failure={failure} className="error-line" />
    </Suspense>
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
