import { hasPermission, reachesQueue } from '../domain/actor.ts'
import { ailmentsOf, type WorkerAilment } from '../domain/worker/worker-health.ts'
import { isLiving, type ShownWorkerStatus, shownStatus } from '../domain/worker/worker-life.ts'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import { sumWorkers, type WorkerStatistics } from '../domain/worker/worker-statistics.ts'
import type { StationRecord } from '../storage/station-store.ts'
import type { StationPool, WorkerRecord } from '../storage/worker-store.ts'
import { listStations, type StationView } from './list-stations.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'
import { unfedQueues } from './unfed-queues.ts'

/** A worker as people see it. Unix ms. */
export interface WorkerView extends Omit<WorkerRecord, 'status'> {
  readonly status: ShownWorkerStatus
  readonly host: string
  readonly label: string | null
  /** Empty = healthy. */
  readonly ailments: readonly WorkerAilment[]
  readonly beatAgeMs: number
  /** Until now, or until its last heartbeat. */
  readonly uptimeMs: number
}

/** A pool of a live station. */
export interface PoolView extends StationPool {
  readonly stationId: string
  /** All of its workers are. */
  readonly paused: boolean
}

/** Every worker on record at one moment. */
export interface WorkersReading {
  /** The store's time, Unix ms. */
  readonly now: number
  /** By host, pool, start. */
  readonly workers: readonly WorkerView[]
  readonly pools: readonly PoolView[]
  /** Those that live, and those that died within a day with workers of theirs. `sharesLabel`: another live one has the same label. */
  readonly stations: readonly (StationView & { readonly sharesLabel: boolean })[]
  readonly statistics: WorkerStatistics
  /** Queues that live pools name, and of which no job is on record. */
  readonly unfedQueues: readonly string[]
  /** Not answered yet, oldest first. */
  readonly orders: readonly WorkerOrder[]
}

const pendingShown = 200

/** Every worker on record with its station's pools: those of dead stations for a day. @throws PERMISSION_DENIED */
export async function listWorkers(deps: OperationDeps): Promise<WorkersReading> {
  requirePermission(deps, 'station:read')
  const { store } = deps
  const [{ now, stations }, records, orders] = await Promise.all([
    listStations(deps),
    store.workers.list(),
    store.orders.list({ pendingOnly: true, limit: pendingShown }),
  ])
  const byId = new Map(stations.map((station) => [station.id, station]))
  const workers = records.workers
    .flatMap((record) => {
      const station = byId.get(record.stationId)
      return station === undefined ? [] : [toView(deps, record, { now, station })]
    })
    .toSorted(byPlace)
  const alive = new Set(stations.filter(({ state }) => state === 'alive').map(({ id }) => id))
  const pools = records.pools
    .filter(({ stationId }) => alive.has(stationId))
    .flatMap(({ stationId, pools: own }) => own.map((pool) => toPool(stationId, pool, workers)))
  return {
    now,
    workers,
    pools,
    unfedQueues: await unfedOf(deps, pools),
    stations: withShared(
      stations.filter(({ id }) => alive.has(id) || workers.some(({ stationId }) => stationId === id)),
    ),
    statistics: sumWorkers(workers),
    orders: orders.toReversed(),
  }
}

/** Whoever may not see queues is told nothing of them. */
async function unfedOf(deps: OperationDeps, pools: readonly PoolView[]): Promise<readonly string[]> {
  if (!hasPermission(deps.actor, 'queue:read')) return []
  const named = pools.flatMap(({ queues }) => queues)
  return (await unfedQueues(deps, named)).map(({ queue }) => queue)
}

interface ViewFacts {
  readonly now: number
  readonly station: StationView
}

function toView(deps: OperationDeps, record: WorkerRecord, { now, station }: ViewFacts): WorkerView {
  const status = shownStatus(record.status, station.state)
  const beatAgeMs = Math.max(0, now - record.beatAt)
  const seenAt = station.state === 'alive' ? now : record.beatAt
  return {
    ...record,
    ...runningOf(deps, record, status),
    status,
    host: station.host,
    label: station.label,
    ailments: ailmentsOf({ status, beatAgeMs, cpuPercent: record.cpuPercent }, deps.workerHealth),
    beatAgeMs,
    uptimeMs: Math.max(0, seenAt - record.startedAt),
  }
}

/** A worker that is gone runs nothing: what it told last has gone back to its queue, or runs elsewhere. */
function runningOf(
  { actor }: OperationDeps,
  { queues, running, runningCount }: WorkerRecord,
  status: ShownWorkerStatus,
): Pick<WorkerView, 'running' | 'runningCount'> {
  if (!isLiving(status)) return { running: [], runningCount: 0 }
  if (!hasPermission(actor, 'job:read')) return { running: [], runningCount }
  const reaches = (queue: string): boolean => actor.queues === null || reachesQueue(actor, queue)
  const servesReached = actor.queues === null || queues.every((queue) => queue !== '*' && reaches(queue))
  const shown = running
    // Programs of an older version do not tell the queue.
    .map((job) => ({ ...job, queue: job.queue ?? null }))
    .filter(({ queue }) => (queue === null ? servesReached : reaches(queue)))
  return { running: shown, runningCount }
}

function byPlace(one: WorkerView, other: WorkerView): number {
  return one.host.localeCompare(other.host) || one.pool.localeCompare(other.pool) || one.startedAt - other.startedAt
}

function toPool(stationId: string, pool: StationPool, workers: readonly WorkerView[]): PoolView {
  const own = workers.filter((worker) => worker.stationId === stationId && worker.pool === pool.name)
  return { ...pool, stationId, paused: own.length > 0 && own.every(({ status }) => status === 'paused') }
}

function withShared(stations: readonly StationView[]): WorkersReading['stations'] {
  return stations.map((station) => ({ ...station, sharesLabel: sharersOf(station, stations).length > 1 }))
}

/** The live stations with the label of this one, itself included. */
function sharersOf({ label }: Pick<StationRecord, 'label'>, stations: readonly StationView[]): readonly StationView[] {
  return label === null ? [] : stations.filter((other) => other.state === 'alive' && other.label === label)
}
