import { type MergedMinute, mergeMinutes } from '../domain/metrics/merge-minutes.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Which figures: of which time (Unix ms, `to` exclusive; the last hour where nothing is said), queue and type. */
export interface MetricsFilter {
  readonly from?: number
  readonly to?: number
  readonly queue?: string
  readonly type?: string
  /** Length of one row, ms; a minute where nothing is said. Longer ones start at multiples of it. */
  readonly spanMs?: number
}

const hourMs = 3_600_000

/** Counts, waiting and running times of all stations per span, queue, type and outcome, oldest first. Runs appear once they are settled. */
export async function readMetrics({ store }: OperationDeps, filter: MetricsFilter): Promise<readonly MergedMinute[]> {
  const { spanMs, queue, type } = filter
  // The minute under way is part of the answer.
  const to = filter.to ?? (await store.metrics.now()) + 60_000
  const from = filter.from ?? to - hourMs - 60_000
  const rows = await store.metrics.minutes({
    from,
    to,
    ...(queue !== undefined && { queue }),
    ...(type !== undefined && { type }),
  })
  return mergeMinutes(rows, spanMs)
}
