import type { MetricTier } from '../domain/metrics/metric-tier.ts'
import type { MarkedRow } from '../domain/metrics/plan-roll.ts'
import type { MinuteFilter } from './metric-store.ts'

/** A minute counts as closed this long after it began, ms: a flush that began within it has committed by then, or is taken as a late one. */
export const CLOSED_MINUTE_MS = 90_000

/** The same for an hour. */
export const CLOSED_HOUR_MS = 3_780_000

/** A tier's rows within a span, `from` inclusive, `to` exclusive, Unix ms. */
export interface TierFilter extends MinuteFilter {
  readonly tier: Exclude<MetricTier, 'minute'>
}

/** A difference between two places that count the same runs. */
export interface CountDifference {
  /** What was compared, in words. */
  readonly rule: string
  /** Unix ms of the span's start. */
  readonly at: number
  readonly queue: string
  readonly type: string
  readonly outcome: string
  readonly shown: number
  readonly recounted: number
}

/** Role of whoever rolls figures up, and of those who read long spans. */
export interface RollupStore {
  /**
   * Adds at most `limit` closed minute rows to their hours, and marks them, in one transaction: each row counts once, whoever calls and however often. Rows that
   * appear late are taken like all others, into a day that is rolled already, too. Returns how many were taken: 0 when there are none, or another rolls.
   */
  rollMinutes(limit: number): Promise<number>
  /** The same for closed hours and their UTC days. */
  rollHours(limit: number): Promise<number>
  /** Rows of the tier and, of finer ones, what is not rolled into it yet: all in one statement, so that each run is in the answer once. */
  tier(filter: TierFilter): Promise<readonly MarkedRow[]>
  /**
   * Compares the tiers with each other and with the rows of jobs that ended from `since` on (Unix ms), by SQL alone; returns at most 100 differences.
   * A scan of that time's rows: for tests and doctor.
   */
  recount(since: number): Promise<readonly CountDifference[]>
}
