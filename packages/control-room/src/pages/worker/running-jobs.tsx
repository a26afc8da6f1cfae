import { useMemo } from 'react'
import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { cancelledJobs } from '../../panels/worker-orders/order-reach.ts'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { JobLink } from '../../ui/job-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-column.ts'

type RunningJob = WorkerDetail['running'][number]

const keyOf = ({ id }: RunningJob) => id

/** The jobs in the handlers of a worker, and how long each has been. */
export function RunningJobs({ worker }: { readonly worker: WorkerDetail }) {
  const words = useWorkerWords()
  const { running, runningCount, orders } = worker
  const columns = useMemo<readonly Column<RunningJob>[]>(() => {
    const cancelled = cancelledJobs(orders)
    return [
      { id: 'job', header: words.job, card: 'title', render: (job) => <JobLink {...job} /> },
      {
        id: 'cancel',
        header: '',
        card: 'plain',
        render: ({ id }) => (cancelled.has(id) ? <span className="muted">{words.orders.cancelling}</span> : null),
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
        <p className="worker-note">{runningCount > 0 ? words.runningHidden(runningCount) : words.runningNone}</p>
      )}
    </Panel>
  )
}
