import type { Worker, WorkerList, WorkerPool } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { WorkerOrder, WorkerOrderRequest } from '../../../../stellwerk/src/http/schemas/worker-order.ts'

/** What workers may be told from here. */
export type OrderKind = WorkerOrderRequest['kind']

/** Whom an order is for. */
export type OrderTarget = WorkerOrderRequest['target']

/** What an order would meet, as far as is known now. */
export interface OrderReach {
  readonly workers: number
  /** Jobs that they run. */
  readonly running: number
  readonly paused: number
  readonly stations: number
  /** A stop ends the station itself, which nobody can start again from here. */
  readonly endsStation: boolean
  /** It runs inside of stations: only their machine can start it anew. */
  readonly isInline: boolean
  /** Processes that a pool may have on each of its machines, and has now; null where the target is no pool, or has one number only. */
  readonly bounds: { readonly min: number; readonly max: number; readonly now: number } | null
  /** A pool without a process. */
  readonly isStopped: boolean
}

type Workers = Pick<WorkerList, 'workers' | 'pools' | 'stations'>

const gone: readonly Worker['status'][] = ['lost', 'stopped']

/** What an order for this target would meet. Pure. */
export function reachOf(target: OrderTarget, { workers, pools, stations }: Workers): OrderReach {
  const live = new Set(stations.filter(({ state }) => state === 'alive').map(({ id }) => id))
  const met = workers.filter(
    (worker) => live.has(worker.station) && !gone.includes(worker.status) && isMeant(worker, target),
  )
  const reached =
    target.worker === undefined ? pools.filter((pool) => live.has(pool.station) && isMeant(pool, target)) : []
  const isPool = target.pool !== undefined
  return {
    workers: met.length,
    running: met.reduce((sum, { runningCount }) => sum + runningCount, 0),
    paused: met.filter(({ status }) => status === 'paused').length,
    stations: new Set([...met, ...reached].map(({ station }) => station)).size,
    endsStation:
      target.all === true || (target.station !== undefined && !isPool) || met.some(({ kind }) => kind === 'inline'),
    isInline: met.length > 0 && met.every(({ kind }) => kind === 'inline'),
    bounds: isPool ? boundsOf(reached) : null,
    isStopped: isPool && reached.length > 0 && reached.every(({ processes }) => processes === 0),
  }
}

interface Place {
  readonly station: string
  readonly pool: string
  readonly id: string
}

function isMeant({ id, station, pool }: Place, target: OrderTarget): boolean {
  if (target.all === true) return true
  if (target.worker !== undefined) return id === target.worker
  return (target.station ?? station) === station && (target.pool ?? pool) === pool
}

/** What every one of these pools allows. */
function boundsOf(pools: readonly WorkerPool[]): OrderReach['bounds'] {
  if (pools.length === 0 || pools.some(({ kind }) => kind === 'inline')) return null
  const min = Math.max(...pools.map((pool) => pool.min))
  const max = Math.min(...pools.map((pool) => pool.max))
  return min > max ? null : { min, max, now: Math.max(...pools.map(({ processes }) => processes)) }
}

/** What can be told to what an order would meet: nothing that is as it is wished already, nothing that is refused anyway. Pure. */
export function offeredOrders({ workers, paused, isInline, bounds, isStopped }: OrderReach): readonly OrderKind[] {
  const offered: readonly (readonly [OrderKind, boolean])[] = [
    ['start', isStopped && bounds !== null],
    ['pause', workers > paused],
    ['resume', paused > 0],
    ['restart', workers > 0 && !isInline],
    ['scale', bounds !== null && !isStopped && bounds.min < bounds.max],
    ['stop', workers > 0],
    ['stop_now', workers > 0],
  ]
  return offered.filter(([, isOffered]) => isOffered).map(([kind]) => kind)
}

/** The orders that concern a worker and are not answered yet. Pure. */
export function pendingOrders(
  worker: Pick<Worker, 'id' | 'station' | 'pool'>,
  orders: readonly WorkerOrder[],
): readonly WorkerOrder[] {
  return orders.filter(
    ({ state, kind, station, worker: only, pool }) =>
      state === 'pending' &&
      kind !== 'cancel_job' &&
      station === worker.station &&
      (only === null ? pool === null || pool === worker.pool : only === worker.id),
  )
}

/** Ids of running jobs that somebody wants cancelled. Pure. */
export function cancelledJobs(orders: readonly WorkerOrder[]): ReadonlySet<string> {
  const wished = orders.filter(({ kind, state }) => kind === 'cancel_job' && (state === 'pending' || state === 'done'))
  return new Set(wished.flatMap(({ job }) => (job === null ? [] : [job])))
}
