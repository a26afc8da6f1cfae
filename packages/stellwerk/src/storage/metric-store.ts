import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import type { Tally } from '../domain/metrics/tally.ts'

/** A span of minutes, `from` inclusive, `to` exclusive, Unix ms. */
export interface MinuteFilter {
  readonly from: number
  readonly to: number
  readonly queue?: string
  readonly type?: string
}

/** Facts of a queue that counters cannot hold, read from index heads. */
export interface QueueHead {
  readonly queue: string
  /** runAt of the longest waiting pending job, null where none waits. */
  readonly oldestRunAt: number | null
}

/** Role of everyone who reads figures. */
export interface MetricStore {
  /** Counts per queue, type and state from the counters, never from a scan; zero rows are left out. */
  tallies(): Promise<readonly Tally[]>
  /** The same recounted from the rows (a scan): for tests, the bench and doctor. */
  recount(): Promise<readonly Tally[]>
  /** Folds counter deltas into the counters; returns how many were folded. Idempotent. */
  foldTallies(): Promise<number>
  /** Minute rows of all stations; the caller merges them. */
  minutes(filter: MinuteFilter): Promise<readonly MinuteMetric[]>
  queueHeads(): Promise<readonly QueueHead[]>
  /** The database's now, Unix ms. */
  now(): Promise<number>
}
