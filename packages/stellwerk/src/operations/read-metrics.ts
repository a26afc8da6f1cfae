import { reachesQueue } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { type MergedMinute, mergeMinutes } from '../domain/metrics/merge-minutes.ts'
import { type MetricTier, metricTiers, tierFor, tierMs, tierStart } from '../domain/metrics/metric-tier.ts'
import type { MetricRow } from '../domain/metrics/minute-metric.ts'
import type { MinuteFilter } from '../storage/metric-store.ts'
import type { Store } from '../storage/store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Which figures: of which time (Unix ms, `to` exclusive; the last hour where nothing is said), queue and type. */
export interface MetricsFilter {
  readonly from?: number
  readonly to?: number
  readonly queue?: string
  readonly type?: string
  /** Length of one row: a minute (kept 48 hours), an hour (90 days) or a UTC day (5 years). By the length of the time where nothing is said: up to 3 hours, up to 7 days, more. */
  readonly by?: MetricTier
  /** Length of one row, ms, in place of that of `by`. Longer ones start at multiples of it. */
  readonly spanMs?: number
}

const hourMs = 3_600_000

/**
 * Counts, waiting and running times of all stations per span, queue, type and outcome, oldest first. Runs appear once they are settled, whether or not they are
 * rolled up. The time is widened to whole rows of `by`. Queues out of the actor's reach are left out. @throws PERMISSION_DENIED, OPTION_INVALID
 */
export async function readMetrics(deps: OperationDeps, filter: MetricsFilter): Promise<readonly MergedMinute[]> {
  requirePermission(deps, 'metrics:read')
  const { store, actor } = deps
  if (filter.by !== undefined && !metricTiers.includes(filter.by))
    throw new StellwerkError('OPTION_INVALID', `by: '${String(filter.by)}' is not one of ${metricTiers.join(', ')}`)
  // The minute under way is part of the answer.
  const to = filter.to ?? (await store.metrics.now()) + 60_000
  const from = filter.from ?? to - hourMs - 60_000
  const tier = filter.by ?? tierFor(to - from)
  const rows = await readTier(store, tier, {
    from: tierStart(tier, from),
    to: tierStart(tier, to - 1) + tierMs[tier],
    ...(filter.queue !== undefined && { queue: filter.queue }),
    ...(filter.type !== undefined && { type: filter.type }),
  })
  const reachable = actor.queues === null ? rows : rows.filter(({ queue }) => reachesQueue(actor, queue))
  return mergeMinutes(reachable, filter.spanMs ?? tierMs[tier])
}

/**
 * Rows of a tier, with those of finer tiers that are not rolled into it yet: each run once. A span in which a minute was replaced after it was rolled is read
 * anew from the next finer tier. `from` and `to` are starts of spans.
 */
async function readTier(store: Store, tier: MetricTier, filter: MinuteFilter): Promise<readonly MetricRow[]> {
  if (tier === 'minute') return await store.metrics.minutes(filter)
  const rows = await store.rollup.tier({ ...filter, tier })
  const replaced = new Set(rows.filter(({ rolled }) => rolled === 2).map(({ minute }) => tierStart(tier, minute)))
  if (replaced.size === 0) return rows
  const sound = rows.filter(({ minute }) => !replaced.has(tierStart(tier, minute)))
  const anew = await Promise.all(
    [...replaced].map((from) =>
      readTier(store, tier === 'day' ? 'hour' : 'minute', { ...filter, from, to: from + tierMs[tier] }),
    ),
  )
  return [...sound, ...anew.flat()]
}
