import { StellwerkError } from '../domain/errors.ts'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { listWorkers, type WorkerView } from './list-workers.ts'
import type { OperationDeps } from './operation-deps.ts'

/** One worker, and the orders that concerned it, newest first. */
export interface WorkerDetails {
  readonly now: number
  readonly worker: WorkerView
  readonly orders: readonly WorkerOrder[]
}

const ordersLookedAt = 200
const ordersShown = 20

/** One worker on record with its orders of late. @throws PERMISSION_DENIED, WORKER_NOT_FOUND */
export async function findWorker(deps: OperationDeps, id: string): Promise<WorkerDetails> {
  const { now, workers } = await listWorkers(deps)
  const worker = workers.find((one) => one.id === id)
  if (worker === undefined) throw workerNotFound(id, workers)
  const given = await deps.store.orders.list({ stationId: worker.stationId, limit: ordersLookedAt })
  const orders = given.filter((order) => concerns(order, worker)).slice(0, ordersShown)
  return { now, worker, orders }
}

/** The error for a worker that is not, or no longer, on record. */
export function workerNotFound(id: string, workers: readonly Pick<WorkerView, 'id'>[]): StellwerkError {
  const shown = id.slice(0, 60)
  const known = workers.map((worker) => worker.id)
  return new StellwerkError(
    'WORKER_NOT_FOUND',
    `there is no worker '${shown}'${didYouMean(shown, known)}; it may have been replaced, 'stellwerk workers' shows those of now`,
  )
}

function concerns({ workerId, pool, kind, jobId }: WorkerOrder, worker: WorkerView): boolean {
  if (kind === 'cancel_job') return worker.running.some(({ id }) => id === jobId)
  return workerId === null ? pool === null || pool === worker.pool : workerId === worker.id
}
