import { DAY_MS, type MetricTier, tierMs, tierStart } from './metric-tier.ts'

/** A time of which figures are asked for, Unix ms, `to` exclusive. */
export interface WantedSpan {
  readonly from: number
  readonly to: number
  readonly by: MetricTier
  readonly now: number
}

/** What is read: whole steps, each some rows of `by` long. */
export interface PointPlan {
  readonly from: number
  readonly to: number
  readonly by: MetricTier
  readonly stepMs: number
}

/** The longest time that one answer reads by rows of a tier: it has to be quick, and what is further apart is read by a longer one. */
const longestMs: Readonly<Record<MetricTier, number>> = { minute: DAY_MS / 2, hour: 15 * DAY_MS, day: 3_653 * DAY_MS }

/** Steps that people know, as numbers of rows: of a minute, an hour, a day. */
const steps: Readonly<Record<MetricTier, readonly number[]>> = {
  minute: [1, 2, 5, 10, 15, 30, 60],
  hour: [1, 2, 3, 6, 12, 24],
  day: [1, 2, 7, 14, 28, 56],
}

/**
 * Which rows answer a question: the time ends now at the latest and begins no longer before its end than one answer reads, is widened to whole steps, and the
 * steps are as short as `mostPoints` allows. What lies wholly in the future becomes one step. Pure.
 */
export function planPoints({ from, to, by, now }: WantedSpan, mostPoints: number): PointPlan {
  const latest = tierStart(by, now) + tierMs[by]
  const end = Math.min(to, latest)
  const begin = Math.min(Math.max(from, end - longestMs[by]), end)
  const stepMs = stepFor(by, end - begin, mostPoints)
  const start = Math.floor(begin / stepMs) * stepMs
  return { from: start, to: Math.max(Math.ceil(end / stepMs) * stepMs, start + stepMs), by, stepMs }
}

/** One step less than allowed: what is widened to whole steps may touch one more. */
function stepFor(by: MetricTier, lengthMs: number, mostPoints: number): number {
  const row = tierMs[by]
  const known = steps[by].find((rows) => lengthMs / (rows * row) <= mostPoints - 1)
  return row * (known ?? Math.ceil(lengthMs / row / (mostPoints - 1)))
}
