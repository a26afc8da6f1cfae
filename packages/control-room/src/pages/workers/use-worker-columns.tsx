import { useMemo } from 'react'
import { Link } from 'wouter'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { OrderMenu } from '../../panels/worker-orders/order-menu.tsx'
import type { OrderReach } from '../../panels/worker-orders/order-reach.ts'
import { shortId } from '../../panels/worker-orders/order-words.ts'
import { MemoryFigure } from '../../panels/workers/memory-figure.tsx'
import { WorkerHealth } from '../../panels/workers/worker-health.tsx'
import { useWorkerWords, type WorkerWords } from '../../panels/workers/worker-words.ts'
import { TimeSince } from '../../ui/relative-time.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { CpuFigure, ExitFigure, JobsNow, LagFigure, PaceFigure } from './worker-cells.tsx'

/** A row of a table of workers. */
export interface WorkerRow {
  readonly worker: Worker
  /** Orders for it without an answer yet. */
  readonly pending: readonly WorkerOrder[]
  readonly reach: OrderReach
  /** Jobs that somebody wants cancelled. */
  readonly cancelled: ReadonlySet<string>
}

type Words = WorkerWords

function nameColumns({ column, pid }: Words, isByPool: boolean): Column<WorkerRow>[] {
  return [
    { id: 'status', header: column.status, card: 'plain', render: (row) => <WorkerHealth {...row} /> },
    {
      id: 'worker',
      header: column.worker,
      card: 'title',
      render: ({ worker: { id, pid: process, host, pool } }) => (
        <span className="worker-name">
          <Link to={`/workers/${encodeURIComponent(id)}`} className="link mono">
            {shortId(id)}
          </Link>
          <span className="small muted">{visibleText(isByPool ? host : pool)}</span>
          <span className="small muted nowrap">{pid(process)}</span>
        </span>
      ),
    },
    { id: 'jobs', header: column.jobs, card: 'wide', render: (row) => <JobsNow {...row} /> },
  ]
}

function figureColumns({ column, hint }: Words): Column<WorkerRow>[] {
  return [
    {
      id: 'memory',
      header: column.memory,
      hint: hint.memory,
      card: 'wide',
      render: ({ worker }) => <MemoryFigure worker={worker} />,
    },
    {
      id: 'cpu',
      header: column.cpu,
      hint: hint.cpu,
      align: 'end',
      card: 'wide',
      render: ({ worker }) => <CpuFigure worker={worker} />,
    },
    {
      id: 'lag',
      header: column.lag,
      hint: hint.lag,
      align: 'end',
      card: 'wide',
      render: ({ worker }) => <LagFigure worker={worker} />,
    },
    {
      id: 'beat',
      header: column.beat,
      align: 'end',
      card: 'wide',
      render: ({ worker }) => <TimeSince at={worker.beatAt} />,
    },
    {
      id: 'pace',
      header: column.pace,
      hint: hint.pace,
      align: 'end',
      card: 'wide',
      render: ({ worker }) => <PaceFigure worker={worker} />,
    },
    {
      id: 'restarts',
      header: column.restarts,
      hint: hint.restarts,
      align: 'end',
      card: 'wide',
      render: ({ worker }) => <ExitFigure worker={worker} />,
    },
    {
      id: 'version',
      header: column.version,
      isSpare: true,
      card: 'hidden',
      render: ({ worker }) => <span className="mono">{visibleText(worker.version)}</span>,
    },
  ]
}

function orderColumn({ orders }: Words): Column<WorkerRow> {
  return {
    id: 'orders',
    header: '',
    align: 'end',
    card: 'corner',
    render: ({ worker: { id }, reach }) => (
      <OrderMenu target={{ worker: id }} name={orders.target.worker(shortId(id))} reach={reach} />
    ),
  }
}

/** Columns of a table of workers; beside a name stands its machine in a pool, its pool on a machine. */
export function useWorkerColumns(isByPool: boolean): readonly Column<WorkerRow>[] {
  const workers = useWorkerWords()
  return useMemo(
    () => [...nameColumns(workers, isByPool), ...figureColumns(workers), orderColumn(workers)],
    [workers, isByPool],
  )
}
