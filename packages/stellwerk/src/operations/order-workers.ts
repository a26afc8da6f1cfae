import { StellwerkError } from '../domain/errors.ts'
import type { OrderKind, WorkerOrder } from '../domain/worker/worker-order.ts'
import type { NewOrder } from '../storage/order-store.ts'
import { audited } from './audited.ts'
import { listWorkers } from './list-workers.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'
import { resolveTarget, type StationTarget, type WorkersTarget } from './resolve-target.ts'

/** What workers are told. */
export interface WorkersOrder {
  readonly kind: Exclude<OrderKind, 'cancel_job'>
  readonly target: WorkersTarget
  /** For scale: how many processes the pool is to have; for start likewise, and one more than now where nothing is said. */
  readonly processes?: number | null
  /** Unanswered by then it is expired, ms. A minute where nothing is said. */
  readonly lifetimeMs?: number
}

const defaultLifetimeMs = 60_000
const mostProcesses = 1_000

/**
 * Tells one worker, a pool, a station, or all of them something: one row for each live station that it reaches, all or none, which that station answers. What its
 * configuration does not allow is refused at once. @throws PERMISSION_DENIED, OPTION_INVALID, WORKER_NOT_FOUND, POOL_NOT_FOUND, STATION_NOT_FOUND, ORDER_REFUSED
 */
export function orderWorkers(deps: OperationDeps, order: WorkersOrder): Promise<readonly WorkerOrder[]> {
  const { kind, target } = order
  const subject = { action: `worker:${kind}`, target: describeTarget(target), filter: target }
  return audited(deps, subject, async (note) => {
    requirePermission(deps, 'worker:control')
    requireEveryQueue(deps)
    checkShape(order)
    const seen = await listWorkers({ ...deps, actor: { ...deps.actor, permissions: 'all' } })
    const stations = resolveTarget(target, seen)
    for (const station of stations) checkBounds(order, station)
    const given = await deps.store.orders.give(stations.map((station) => toOrder(deps, order, station)))
    note({ count: given.length, after: { processes: order.processes ?? null, orders: given.map(({ id }) => id) } })
    return given
  })
}

function toOrder({ actor }: OperationDeps, order: WorkersOrder, station: StationTarget): NewOrder {
  return {
    stationId: station.stationId,
    kind: order.kind,
    pool: order.target.pool ?? null,
    workerId: order.target.worker ?? null,
    processes: order.processes ?? null,
    jobId: null,
    claimSeq: null,
    byKind: actor.kind,
    byName: actor.name,
    lifetimeMs: order.lifetimeMs ?? defaultLifetimeMs,
  }
}

function checkShape({ kind, target, processes = null }: WorkersOrder): void {
  if (kind === 'scale' && (target.pool === undefined || processes === null))
    throw wrong('scale: name a pool, and how many processes it is to have')
  if (processes === null) return
  if (kind !== 'scale' && kind !== 'start')
    throw wrong(`processes: ${kind} takes none; leave it out, or scale the pool`)
  if (!Number.isSafeInteger(processes) || processes < 0 || processes > mostProcesses)
    throw wrong(`processes: ${processes} is not an integer from 0 to ${mostProcesses}`)
  if (target.pool === undefined) throw wrong('processes: name the pool that is to have as many')
}

/** What is started from afar stays within what the machine's own configuration allows. */
function checkBounds({ kind, processes = null }: WorkersOrder, { place, pools }: StationTarget): void {
  if (processes === null) return
  for (const { name, min, max } of pools) {
    if (processes >= min && processes <= max) continue
    throw new StellwerkError(
      'ORDER_REFUSED',
      `${kind}: pool '${name}' of ${place} may have ${min === max ? `${min} processes and no other number` : `${min} to ${max} processes`}, not ${processes}; its bounds stand in the configuration of that machine`,
      { details: { pool: name, min, max } },
    )
  }
}

function describeTarget({ worker, pool, station, all }: WorkersTarget): string {
  if (worker !== undefined) return `worker ${worker}`
  if (pool !== undefined) return station === undefined ? `pool ${pool}` : `pool ${pool} of station ${station}`
  if (station !== undefined) return `station ${station}`
  return all === true ? 'all workers' : 'nothing'
}

function wrong(message: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', message)
}
