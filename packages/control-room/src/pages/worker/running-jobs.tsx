import { useMemo } from 'react'
import { Link } from 'wouter'
import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { queuePath } from '../../panels/queue-table/queue-path.ts'
import { cancelledJobs } from '../../panels/worker-orders/order-reach.ts'
import { capital, useWorkerWords } from '../../panels/workers/worker-words.ts'
import { JobLink } from '../../ui/job-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

type RunningJob = WorkerDetail['running'][number]

const keyOf = ({ id }: RunningJob) => id

/** The jobs in the handlers of a worker, and how long each has been. */
export function RunningJobs({ worker }: { readonly worker: WorkerDetail }) {
  const words = useWorkerWords()
  const { running, runningCount, orders, status } = worker
  const nothing = status === 'lost' ? words.runningLost : words.runningNone
  const columns = useMemo<readonly Column<RunningJob>[]>(() => {
    const cancelled = cancelledJobs(orders)
    return [
      {
        id: 'job',
        header: words.job,
        card: 'title',
        render: (job) => (
          <span>
            <JobLink {...job} />
            {cancelled.has(job.id) ? (
              <span className="small muted worker-cancelling">{capital(words.orders.cancelling)}</span>
            ) : null}
          </span>
        ),
      },
      {
        id: 'queue',
        header: words.queue,
        render: ({ queue }) =>
          queue === null ? null : (
            <Link to={queuePath(queue)} className="link">
              {visibleText(queue)}
            </Link>
          ),
      },
      { id: 'for', header: words.since, align: 'end', render: ({ startedAt }) => <TimeSince at={startedAt} /> },
    ]
  }, [words, orders])
  const note = running.length < runningCount ? words.runningFirst(running.length, runningCount) : undefined
  return (
    <Panel title={words.running} note={note}>
      {running.length > 0 ? (
        <Table caption={words.running} columns={columns} rows={running} rowKey={keyOf} isMain />
      ) : (
        <p className="worker-note">{runningCount > 0 ? words.runningHidden(runningCount) : nothing}</p>
      )}
    </Panel>
  )
}
