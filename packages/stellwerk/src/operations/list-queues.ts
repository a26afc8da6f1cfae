import { reachesQueue } from '../domain/actor.ts'
import type { JobState } from '../domain/job/job-state.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** A queue now: counts by state, and how long its oldest ready job waits. */
export interface QueueOverview {
  readonly queue: string
  readonly counts: Readonly<Record<JobState, number>>
  /** ms since the longest waiting pending job could have started; null where none waits. */
  readonly oldestWaitMs: number | null
  /** Types with waiting jobs that no live station can run; null counts as such. */
  readonly unservedTypes: readonly string[]
}

const noCounts: Readonly<Record<JobState, number>> = {
  scheduled: 0,
  pending: 0,
  blocked: 0,
  processing: 0,
  retrying: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
}

/** Every queue within the actor's reach that holds or held jobs, by name. Counts come from counters, never from a scan. @throws PERMISSION_DENIED */
export async function listQueues(deps: OperationDeps): Promise<readonly QueueOverview[]> {
  requirePermission(deps, 'queue:read')
  const { store, actor } = deps
  const [tallies, heads, stations, now] = await Promise.all([
    store.metrics.tallies(),
    store.metrics.queueHeads(),
    store.stations.list(),
    store.metrics.now(),
  ])
  const alive = stations.filter((station) => station.state === 'alive' && station.leaseLeftMs > 0)
  const byQueue = Map.groupBy(
    tallies.filter(({ queue }) => reachesQueue(actor, queue)),
    (tally) => tally.queue,
  )
  const oldest = new Map(heads.map((head) => [head.queue, head.oldestRunAt]))
  return [...byQueue]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([queue, rows]) => {
      const counts = { ...noCounts }
      for (const row of rows) counts[row.state] += row.count
      const oldestRunAt = oldest.get(queue) ?? null
      const serving = alive.filter((station) => station.queues.includes('*') || station.queues.includes(queue))
      const served = new Set(serving.flatMap((station) => station.types))
      const waiting = rows.filter(
        (row) => row.count > 0 && (row.state === 'pending' || row.state === 'retrying' || row.state === 'scheduled'),
      )
      const unservedTypes = [...new Set(waiting.map((row) => row.type))].filter((type) => !served.has(type)).toSorted()
      return {
        queue,
        counts,
        oldestWaitMs: oldestRunAt === null ? null : Math.max(0, now - oldestRunAt),
        unservedTypes,
      }
    })
}
