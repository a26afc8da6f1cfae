import { addBySpan, metricKey } from './add-rows.ts'
import { DAY_MS, HOUR_MS } from './metric-tier.ts'
import type { MetricKey, MetricRow } from './minute-metric.ts'

/** Whether a minute row is part of its hour: not yet; as it stands; or as it once stood, since it has been replaced after it was rolled. */
export type Rolled = 0 | 1 | 2

/** A row with its mark. */
export interface MarkedRow extends MetricRow {
  readonly rolled: Rolled
}

/** What is known of the hours that some minute rows belong to. */
export interface RollGround {
  /** Minute rows to roll; a key of which a row was replaced comes with all its minute rows of that hour. */
  readonly minutes: readonly MarkedRow[]
  /** Hour rows as stored; `rolled` 1 = part of its day. */
  readonly hours: readonly MarkedRow[]
}

/** Hour rows to write. */
export interface RollPlan {
  readonly hours: readonly MarkedRow[]
  /** Keys of days that hold an hour which changes: to be added up anew from their hours. */
  readonly days: readonly MetricKey[]
}

/**
 * The hour rows that count these minutes, too. Where a minute row was replaced after it had been rolled, its hour is added up anew from its minutes; all others
 * are added to what the hour holds already. Pure.
 */
export function planRoll({ minutes, hours }: RollGround): RollPlan {
  const stored = new Map(hours.map((hour) => [metricKey(hour), hour]))
  const anew = new Set(minutes.filter(({ rolled }) => rolled === 2).map((row) => metricKey(hourOf(row))))
  const written = addBySpan(minutes, HOUR_MS).map((added): MarkedRow => {
    const before = stored.get(metricKey(added))
    if (before === undefined) return { ...added, rolled: 0 }
    const whole = anew.has(metricKey(added)) ? added : (addBySpan([before, added], HOUR_MS)[0] ?? added)
    return { ...whole, rolled: before.rolled }
  })
  const days = new Map(
    written.filter(({ rolled }) => rolled === 1).map((hour) => [metricKey(dayOf(hour)), dayOf(hour)] as const),
  )
  return { hours: written, days: [...days.values()] }
}

/** Day rows that count these hours, too: added to what is stored. Pure. */
export function planDays(hours: readonly MetricRow[], days: readonly MetricRow[]): MetricRow[] {
  const touched = new Set(hours.map((hour) => metricKey(dayOf(hour))))
  return addBySpan([...days.filter((day) => touched.has(metricKey(day))), ...hours], DAY_MS)
}

/** Key of the hour that a minute row belongs to. */
export function hourOf({ minute, queue, type, outcome }: MetricKey): MetricKey {
  return { minute: Math.floor(minute / HOUR_MS) * HOUR_MS, queue, type, outcome }
}

/** Key of the UTC day that a row belongs to. */
export function dayOf({ minute, queue, type, outcome }: MetricKey): MetricKey {
  return { minute: Math.floor(minute / DAY_MS) * DAY_MS, queue, type, outcome }
}
