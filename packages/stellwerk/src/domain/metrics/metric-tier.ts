import { MINUTE_MS } from './minute-meter.ts'

/** How finely figures are kept: hours and days are rolled from minutes. Days are UTC days. */
export type MetricTier = 'minute' | 'hour' | 'day'

/** Every tier, finest first. */
export const metricTiers = ['minute', 'hour', 'day'] as const satisfies readonly MetricTier[]

/** Length of an hour row, ms. */
export const HOUR_MS = 60 * MINUTE_MS

/** Length of a day row, ms. A day begins at midnight UTC, so that every machine means the same day, and none has 23 or 25 hours. */
export const DAY_MS = 24 * HOUR_MS

/** Length of one row of each tier, ms. */
export const tierMs: Readonly<Record<MetricTier, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS }

const longestByMinute = 3 * HOUR_MS
const longestByHour = 7 * DAY_MS

/** The tier for a span of `lengthMs` where nothing else is said: minutes up to 3 hours, hours up to 7 days, then days. Pure. */
export function tierFor(lengthMs: number): MetricTier {
  if (lengthMs <= longestByMinute) return 'minute'
  return lengthMs <= longestByHour ? 'hour' : 'day'
}

/** Start of the row of `tier` in which `at` lies, Unix ms. Pure. */
export function tierStart(tier: MetricTier, at: number): number {
  return Math.floor(at / tierMs[tier]) * tierMs[tier]
}
