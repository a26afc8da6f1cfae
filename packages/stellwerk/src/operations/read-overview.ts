import { hasPermission } from '../domain/actor.ts'
import { judge, type Verdict, type VerdictFacts } from '../domain/health/verdict.ts'
import type { JobSummary } from '../domain/job/job-record.ts'
import type { WindowFigures } from '../domain/metrics/hour-window.ts'
import type { Maintenance } from '../domain/queue/queue-pause.ts'
import {
  countStates,
  isAlive,
  type QueueOverview,
  type QueueReading,
  ratioOf,
  readQueues,
  type StateCounts,
} from './list-queues.ts'
import { lifeOf } from './list-stations.ts'
import type { OperationDeps } from './operation-deps.ts'
import type { OverviewMemory } from './overview-memory.ts'

/** The figures that tell first whether all is well. */
export interface Vitals {
  readonly oldestWaitMs: number | null
  readonly throughputPerMinute: number
  /** 0 to 1, last 5 full minutes; null where nothing ended. */
  readonly failureRatio: number | null
  readonly stationsAlive: number
  /** Lost within the last ten minutes. */
  readonly stationsLost: number
  /** Jobs that live stations run side by side. */
  readonly capacity: number
  readonly processing: number
}

/** The first page: the state of the whole, its figures, queues by trouble, what runs longest, what failed last. */
export interface OverviewReading {
  /** The store's time, Unix ms. */
  readonly now: number
  readonly verdict: Verdict & { readonly since: number | null }
  readonly maintenance: Maintenance | null
  readonly vitals: Vitals
  readonly counts: StateCounts
  /** Worst first. */
  readonly queues: readonly QueueOverview[]
  readonly hour: WindowFigures['total']
  /** The longest running first. */
  readonly running: readonly JobSummary[]
  /** The newest first. */
  readonly failures: readonly JobSummary[]
}

const runningShown = 10
const failuresShown = 5
const lostShownMs = 600_000

/** What the first page shows, of the queues within the actor's reach. Every read is bounded, whatever the tables hold. @throws PERMISSION_DENIED */
export async function readOverview(deps: OperationDeps, memory: OverviewMemory): Promise<OverviewReading> {
  const { store, actor } = deps
  const [reading, { running, failures }, alarms] = await Promise.all([
    readQueues(deps, memory.hour),
    readJobs(deps),
    memory.alarms(store),
  ])
  const { now, queues, hour } = reading
  const counts = countStates(reading.tallies)
  const view = JSON.stringify(actor.queues)
  const verdict = judge({
    ...factsOf(reading, counts),
    backlogBefore: memory.verdicts.backlogBefore(view, now),
    storeAlarms: alarms,
  })
  const since = memory.verdicts.note(view, now, { state: verdict.state, pending: counts.pending })
  return {
    now,
    verdict: { ...verdict, since },
    maintenance: reading.holds.maintenance,
    vitals: vitalsOf(reading, counts),
    counts,
    queues: byTrouble(queues),
    hour: hour.total,
    running,
    failures,
  }
}

/** Who may see queues and no jobs sees none here either. */
async function readJobs({ store, actor }: OperationDeps): Promise<Pick<OverviewReading, 'running' | 'failures'>> {
  if (!hasPermission(actor, 'job:read')) return { running: [], failures: [] }
  const selection = actor.queues === null ? {} : { queues: actor.queues }
  const [running, failed] = await Promise.all([
    store.pages.longestRunning(runningShown, actor.queues ?? undefined),
    store.pages.failedPage({ selection, limit: failuresShown }),
  ])
  return { running, failures: failed.jobs }
}

function factsOf(
  { now, queues, stations, hour, holds }: QueueReading,
  counts: StateCounts,
): Omit<VerdictFacts, 'backlogBefore' | 'storeAlarms'> {
  const alive = stations.filter(isAlive)
  const waits = queues.flatMap(({ queue, oldestWaitMs, paused }) =>
    oldestWaitMs === null || paused !== null ? [] : [{ queue, ms: oldestWaitMs }],
  )
  return {
    pending: counts.pending,
    processing: counts.processing,
    stationsAlive: alive.length,
    oldestStationMs: alive.length === 0 ? null : now - Math.min(...alive.map(({ startedAt }) => startedAt)),
    stationsLost: lostOf(stations, now),
    unserved: queues
      .filter(({ status, paused }) => status === 'stuck' && paused === null)
      .flatMap(({ queue, unservedTypes }) => unservedTypes.map((type) => ({ queue, type }))),
    oldestWait: waits.toSorted((one, other) => other.ms - one.ms)[0] ?? null,
    ended: hour.total.pace.ended,
    failed: hour.total.pace.failed,
    p95RunMs: hour.total.p95RunMs,
    paused: pausedOf(queues),
    maintenance: holds.maintenance && { by: holds.maintenance.by, forMs: Math.max(0, now - holds.maintenance.since) },
  }
}

function pausedOf(queues: readonly QueueOverview[]): VerdictFacts['paused'] {
  return queues
    .flatMap(({ queue, paused, counts }) =>
      paused === null ? [] : [{ queue, by: paused.by, waiting: counts.pending }],
    )
    .filter(({ waiting }) => waiting > 0)
    .toSorted((one, other) => other.waiting - one.waiting)
}

function lostOf(stations: QueueReading['stations'], now: number): VerdictFacts['stationsLost'] {
  return stations.filter((station) => {
    const { state, lastSeenAt } = lifeOf(station, now)
    return state === 'lost' && now - lastSeenAt <= lostShownMs
  })
}

function vitalsOf({ now, queues, stations, hour }: QueueReading, counts: StateCounts): Vitals {
  const alive = stations.filter(isAlive)
  const waits = queues.flatMap(({ oldestWaitMs }) => (oldestWaitMs === null ? [] : [oldestWaitMs]))
  const { pace } = hour.total
  return {
    oldestWaitMs: waits.length === 0 ? null : Math.max(...waits),
    throughputPerMinute: (60_000 * pace.ended) / pace.overMs,
    failureRatio: ratioOf(pace),
    stationsAlive: alive.length,
    stationsLost: lostOf(stations, now).length,
    capacity: alive.reduce((sum, { concurrency }) => sum + concurrency, 0),
    processing: counts.processing,
  }
}

/** Stuck ones first, then the longest wait, then the most failures, then what is busy. */
function byTrouble(queues: readonly QueueOverview[]): readonly QueueOverview[] {
  const ranks = ({ status, oldestWaitMs, failureRatio, counts }: QueueOverview): readonly number[] => [
    status === 'stuck' ? 1 : 0,
    oldestWaitMs ?? -1,
    failureRatio ?? 0,
    counts.processing,
  ]
  return queues.toSorted((one, other) => {
    const [mine, theirs] = [ranks(one), ranks(other)]
    const differs = mine.findIndex((rank, index) => rank !== theirs[index])
    return differs === -1 ? one.queue.localeCompare(other.queue) : (theirs[differs] ?? 0) - (mine[differs] ?? 0)
  })
}
