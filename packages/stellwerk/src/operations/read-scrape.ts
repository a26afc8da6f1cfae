import { reachesQueue } from '../domain/actor.ts'
import type { RunTotal } from '../domain/metrics/run-totals.ts'
import type { Tally } from '../domain/metrics/tally.ts'
import { isAlive } from './list-queues.ts'
import { lifeOf } from './list-stations.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'
import type { TotalsReader } from './totals-reader.ts'

/** What a monitoring system reads every few seconds. */
export interface ScrapeReading {
  readonly tallies: readonly Tally[]
  readonly totals: readonly RunTotal[]
  readonly stations: { readonly alive: number; readonly lost: number; readonly capacity: number }
  /** Of every queue that holds jobs; 0 where none waits. */
  readonly oldestWaits: readonly { readonly queue: string; readonly waitMs: number }[]
}

/** Counts, totals and waits of the queues within the actor's reach; never a scan. @throws PERMISSION_DENIED */
export async function readScrape(deps: OperationDeps, totals: TotalsReader): Promise<ScrapeReading> {
  requirePermission(deps, 'metrics:read')
  const { store, actor } = deps
  const [tallies, heads, stations, runs, now] = await Promise.all([
    store.metrics.tallies(),
    store.metrics.queueHeads(),
    store.stations.list(),
    totals.read(store),
    store.metrics.now(),
  ])
  const isReached = ({ queue }: { readonly queue: string }): boolean => reachesQueue(actor, queue)
  const alive = stations.filter(isAlive)
  const oldest = new Map(heads.map((head) => [head.queue, head.oldestRunAt]))
  const held = tallies.filter(isReached)
  return {
    tallies: held,
    totals: runs.filter(isReached),
    stations: {
      alive: alive.length,
      lost: stations.filter((station) => lifeOf(station, now).state === 'lost').length,
      capacity: alive.reduce((sum, { concurrency }) => sum + concurrency, 0),
    },
    oldestWaits: [...new Set(held.map(({ queue }) => queue))].map((queue) => {
      const since = oldest.get(queue) ?? null
      return { queue, waitMs: since === null ? 0 : Math.max(0, now - since) }
    }),
  }
}
