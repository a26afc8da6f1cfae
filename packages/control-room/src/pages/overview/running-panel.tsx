import { useMemo } from 'react'
import { Link } from 'wouter'
import type { RunningJob } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { queuePath } from '../../panels/queue-table/queue-path.ts'
import { JobLink } from '../../ui/job-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

const keyOf = ({ id }: RunningJob) => id

function useColumns(): readonly Column<RunningJob>[] {
  const { running } = useMessages().overview
  return useMemo(
    () => [
      { id: 'job', header: running.job, card: 'title', render: (job) => <JobLink {...job} /> },
      {
        id: 'queue',
        header: running.queue,
        render: ({ queue }) => (
          <Link to={queuePath(queue)} className="link muted">
            {visibleText(queue)}
          </Link>
        ),
      },
      {
        id: 'progress',
        card: 'wide',
        header: running.progress,
        render: ({ progress, progressNote }) =>
          progress === null ? null : <ProgressBar percent={progress} note={progressNote} />,
      },
      {
        id: 'for',
        header: running.for,
        align: 'end',
        render: ({ startedAt, claimedAt, createdAt }) => <TimeSince at={startedAt ?? claimedAt ?? createdAt} />,
      },
    ],
    [running],
  )
}

/** The jobs that have run for longest. */
export function RunningPanel({ running }: { readonly running: readonly RunningJob[] }) {
  const words = useMessages().overview.running
  const columns = useColumns()
  return (
    <Panel title={words.title} note={words.note}>
      {running.length === 0 ? (
        <p className="quiet-note">{words.empty}</p>
      ) : (
        <Table caption={words.title} columns={columns} rows={running} rowKey={keyOf} />
      )}
    </Panel>
  )
}
