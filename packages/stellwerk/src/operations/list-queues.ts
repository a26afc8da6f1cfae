import { reachesQueue } from '../domain/actor.ts'
import type { JobState } from '../domain/job/job-state.ts'
import { emptyHour, type HourFigures, type WindowFigures } from '../domain/metrics/hour-window.ts'
import type { Tally } from '../domain/metrics/tally.ts'
import type { ClaimHolds, QueuePause } from '../domain/queue/queue-pause.ts'
import { type QueueStatus, queueStatus } from '../domain/queue/queue-status.ts'
import type { StationRecord } from '../storage/station-store.ts'
import { HourReader } from './hour-reader.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Counts by state; every state is named. */
export type StateCounts = Readonly<Record<JobState, number>>

/** A queue now, and what it did in the last hour. Ratios are 0 to 1; what nothing is known of is null. */
export interface QueueOverview {
  readonly queue: string
  readonly counts: StateCounts
  /** ms since the longest waiting pending job could have started; null where none waits. */
  readonly oldestWaitMs: number | null
  /** Runs that ended a minute, over the last 5 full minutes; where figures began later, since then. */
  readonly throughputPerMinute: number
  /** Runs that failed in the last hour, those that are tried again included. */
  readonly failuresPerHour: number
  /** Of the runs of the last 5 full minutes. */
  readonly failureRatio: number | null
  readonly averageWaitMs: number | null
  readonly p95WaitMs: number | null
  readonly p95RunMs: number | null
  /** Live stations that serve it. */
  readonly stations: number
  /** Types with waiting jobs that no live station can run; null counts as such. */
  readonly unservedTypes: readonly string[]
  readonly status: QueueStatus
  /** Who paused it, why, and until when; null where nobody has. */
  readonly paused: QueuePause | null
  /** How long what is pending takes at the present pace, without what comes; null where nothing ended of late. */
  readonly timeToDrainMs: number | null
  /** Runs that ended in each of the last 60 minutes, oldest first; the last one is under way. */
  readonly sparkline: readonly number[]
}

/** All queues of one moment, with what they were made of. */
export interface QueueReading {
  /** The store's time, Unix ms. */
  readonly now: number
  readonly queues: readonly QueueOverview[]
  /** Those within the actor's reach. */
  readonly tallies: readonly Tally[]
  readonly stations: readonly StationRecord[]
  readonly hour: WindowFigures
  /** What keeps jobs from being claimed; pauses within the actor's reach. */
  readonly holds: ClaimHolds
}

/** Every queue within the actor's reach that holds or held jobs or is paused, by name. Counts come from counters, never from a scan. @throws PERMISSION_DENIED */
export async function listQueues(
  deps: OperationDeps,
  reader: HourReader = new HourReader(),
): Promise<readonly QueueOverview[]> {
  return (await readQueues(deps, reader)).queues
}

/** The queues of one moment. A reader that is kept makes all but the first reading cheap. @throws PERMISSION_DENIED */
export async function readQueues(deps: OperationDeps, reader: HourReader): Promise<QueueReading> {
  requirePermission(deps, 'queue:read')
  const { store, actor } = deps
  const [allTallies, heads, stations, reading, holding] = await Promise.all([
    store.metrics.tallies(),
    store.metrics.queueHeads(),
    store.stations.list(),
    reader.read(store),
    store.settings.holds(),
  ])
  const { now } = reading
  const hour = reading.figures(actor.queues)
  const tallies = allTallies.filter(({ queue }) => reachesQueue(actor, queue))
  const pauses = new Map(
    holding.pauses.filter(({ queue }) => reachesQueue(actor, queue)).map((each) => [each.queue, each]),
  )
  const oldest = new Map(heads.map((head) => [head.queue, head.oldestRunAt]))
  const alive = stations.filter(isAlive)
  const noRuns = { ...emptyHour, pace: { ...emptyHour.pace, overMs: hour.total.pace.overMs } }
  const byQueue = Map.groupBy(tallies, (tally) => tally.queue)
  const queues = [...new Set([...byQueue.keys(), ...pauses.keys()])]
    .toSorted((a, b) => a.localeCompare(b))
    .map((queue) => {
      const [rows, oldestRunAt] = [byQueue.get(queue) ?? [], oldest.get(queue) ?? null]
      const facts = {
        now,
        rows,
        oldestRunAt,
        hour: hour.queues.get(queue) ?? noRuns,
        paused: pauses.get(queue) ?? null,
      }
      const serving = alive.filter((station) => station.queues.includes('*') || station.queues.includes(queue))
      return toOverview(queue, facts, serving)
    })
  const holds = { pauses: [...pauses.values()], maintenance: holding.maintenance }
  return { now, queues, tallies, stations, hour, holds }
}

/** Whether a station's lease holds. */
export function isAlive({ state, leaseLeftMs }: Pick<StationRecord, 'state' | 'leaseLeftMs'>): boolean {
  return state === 'alive' && leaseLeftMs > 0
}

/** Jobs by state, added up. */
export function countStates(tallies: readonly Tally[]): StateCounts {
  const counts: Record<JobState, number> = {
    scheduled: 0,
    pending: 0,
    blocked: 0,
    processing: 0,
    retrying: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
  }
  for (const { state, count } of tallies) counts[state] += count
  return counts
}

interface QueueFacts {
  readonly now: number
  readonly rows: readonly Tally[]
  readonly oldestRunAt: number | null
  readonly hour: HourFigures
  readonly paused: QueuePause | null
}

const waiting: readonly JobState[] = ['pending', 'retrying', 'scheduled']

function toOverview(queue: string, facts: QueueFacts, serving: readonly StationRecord[]): QueueOverview {
  const { now, rows, oldestRunAt, hour, paused } = facts
  const counts = countStates(rows)
  const served = new Set(serving.flatMap((station) => station.types))
  const unserved = (states: readonly JobState[]): readonly string[] => {
    const types = rows.filter(({ count, state }) => count > 0 && states.includes(state)).map(({ type }) => type)
    return [...new Set(types)].filter((type) => !served.has(type)).toSorted()
  }
  const perMinute = (60_000 * hour.pace.ended) / hour.pace.overMs
  return {
    queue,
    counts,
    oldestWaitMs: oldestRunAt === null ? null : Math.max(0, now - oldestRunAt),
    throughputPerMinute: perMinute,
    failuresPerHour: hour.failed.reduce((sum, count) => sum + count, 0),
    failureRatio: ratioOf(hour.pace),
    averageWaitMs: hour.averageWaitMs,
    p95WaitMs: hour.p95WaitMs,
    p95RunMs: hour.p95RunMs,
    stations: serving.length,
    unservedTypes: unserved(waiting),
    status: queueStatus({ counts, stations: serving.length, unservedPending: unserved(['pending']).length > 0 }),
    paused,
    timeToDrainMs:
      counts.pending === 0 ? 0 : perMinute === 0 ? null : Math.round((60_000 * counts.pending) / perMinute),
    sparkline: hour.ended,
  }
}

/** The part of runs that failed, 0 to 1; null where none ended. */
export function ratioOf({ ended, failed }: { readonly ended: number; readonly failed: number }): number | null {
  return ended === 0 ? null : failed / ended
}
