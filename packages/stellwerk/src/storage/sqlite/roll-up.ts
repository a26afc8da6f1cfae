import { StellwerkError } from '../../domain/errors.ts'
import { addRows, metricKey } from '../../domain/metrics/add-rows.ts'
import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { MetricKey, MetricRow } from '../../domain/metrics/minute-metric.ts'
import { hourOf, type MarkedRow, planDays, planRoll, type Rolled } from '../../domain/metrics/plan-roll.ts'
import { CLOSED_HOUR_MS, CLOSED_MINUTE_MS } from '../rollup-store.ts'
import { figureColumns, figureValues, toMetricRow } from '../sql/figure-columns.ts'
import type { FigureRow } from '../sql/tables.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqlRow, SqlValue } from './statement.ts'

const FIGURES = figureColumns.join(', ')
const UPDATE = figureColumns.slice(3).map((column) => `${column} = excluded.${column}`)
const MARKS = figureColumns.map(() => '?').join(', ')

const CLOSED_MINUTES = /* sql */ `
  SELECT minute, rolled, ${FIGURES}, station_id FROM minute_metric WHERE rolled <> 1 AND minute < ? ORDER BY minute LIMIT ?`
const MINUTES_OF_HOUR = /* sql */ `
  SELECT minute, rolled, ${FIGURES}, station_id FROM minute_metric
   WHERE minute >= ? AND minute < ? AND queue = ? AND type = ? AND outcome = ?`
const MARK_MINUTE = /* sql */ `
  UPDATE minute_metric SET rolled = 1
   WHERE minute = ? AND station_id = ? AND queue = ? AND type = ? AND outcome = ? AND count = ?`
const HOURS_BETWEEN = /* sql */ `SELECT hour, rolled, ${FIGURES} FROM hour_metric WHERE hour >= ? AND hour <= ?`
const WRITE_HOUR = /* sql */ `
  INSERT INTO hour_metric (hour, rolled, ${FIGURES}) VALUES (?, ?, ${MARKS})
  ON CONFLICT (hour, queue, type, outcome) DO UPDATE SET rolled = excluded.rolled, ${UPDATE.join(', ')}`
const CLOSED_HOURS = /* sql */ `
  SELECT hour, rolled, ${FIGURES} FROM hour_metric WHERE rolled <> 1 AND hour < ? ORDER BY hour LIMIT ?`
const HOURS_OF_DAY = /* sql */ `
  SELECT hour, rolled, ${FIGURES} FROM hour_metric
   WHERE hour >= ? AND hour < ? AND queue = ? AND type = ? AND outcome = ? AND rolled = 1`
const MARK_HOUR = /* sql */ `
  UPDATE hour_metric SET rolled = 1 WHERE hour = ? AND queue = ? AND type = ? AND outcome = ? AND rolled <> 1`
const DAYS_BETWEEN = /* sql */ `SELECT day, 1, ${FIGURES} FROM day_metric WHERE day >= ? AND day <= ?`
const WRITE_DAY = /* sql */ `
  INSERT INTO day_metric (day, ${FIGURES}) VALUES (?, ${MARKS})
  ON CONFLICT (day, queue, type, outcome) DO UPDATE SET ${UPDATE.join(', ')}`

interface MinuteRow extends MarkedRow {
  readonly stationId: string
}

/** Rolls closed minutes into their hours inside a transaction; returns how many rows. */
export function rollMinutes(connection: SqliteConnection, limit: number): number {
  const closed = read(connection, CLOSED_MINUTES, [connection.nowMs() - CLOSED_MINUTE_MS, limit]).map(toMinute)
  if (closed.length === 0) return 0
  const minutes = withSiblings(connection, closed)
  const spans = minutes.map((row) => hourOf(row).minute)
  const hours = read(connection, HOURS_BETWEEN, [Math.min(...spans), Math.max(...spans)]).map(toMarked)
  const plan = planRoll({ minutes, hours })
  for (const hour of plan.hours) connection.prepare(WRITE_HOUR).run(hour.minute, hour.rolled, ...figureValues(hour))
  for (const day of plan.days) {
    const rows = read(connection, HOURS_OF_DAY, [day.minute, day.minute + DAY_MS, ...nameOf(day)]).map(toMarked)
    writeDay(connection, addRows(day, rows))
  }
  const mark = connection.prepare(MARK_MINUTE)
  for (const row of minutes) {
    // The write lock is held: a row that is not as it was read would be a defect, and nothing of it may stay.
    if (mark.run(row.minute, row.stationId, ...nameOf(row), row.count) !== 1)
      throw new StellwerkError('INTERNAL', `the minute row ${metricKey(row)} changed while it was rolled`)
  }
  return closed.length
}

/** Rolls closed hours into their days inside a transaction; returns how many rows. */
export function rollHours(connection: SqliteConnection, limit: number): number {
  const hours = read(connection, CLOSED_HOURS, [connection.nowMs() - CLOSED_HOUR_MS, limit]).map(toMarked)
  if (hours.length === 0) return 0
  const spans = hours.map((row) => Math.floor(row.minute / DAY_MS) * DAY_MS)
  const days = read(connection, DAYS_BETWEEN, [Math.min(...spans), Math.max(...spans)]).map(toMarked)
  for (const day of planDays(hours, days)) writeDay(connection, day)
  for (const hour of hours) connection.prepare(MARK_HOUR).run(hour.minute, ...nameOf(hour))
  return hours.length
}

/** A key of which a row was replaced is added up anew, from all its minutes of that hour. */
function withSiblings(connection: SqliteConnection, closed: readonly MinuteRow[]): readonly MinuteRow[] {
  const anew = new Map(
    closed.filter(({ rolled }) => rolled === 2).map((row) => [metricKey(hourOf(row)), hourOf(row)] as const),
  )
  const others = closed.filter((row) => !anew.has(metricKey(hourOf(row))))
  const whole = [...anew.values()].flatMap((hour) =>
    read(connection, MINUTES_OF_HOUR, [hour.minute, hour.minute + HOUR_MS, ...nameOf(hour)]).map(toMinute),
  )
  return [...others, ...whole]
}

function writeDay(connection: SqliteConnection, day: MetricRow): void {
  connection.prepare(WRITE_DAY).run(day.minute, ...figureValues(day))
}

function nameOf({ queue, type, outcome }: MetricKey): readonly [string, string, string] {
  return [queue, type, outcome]
}

function read(connection: SqliteConnection, text: string, values: readonly SqlValue[]): readonly SqlRow[] {
  return connection.prepare(text).all(...values)
}

/** Start, mark, then the figures in their order. */
function toMarked([start, rolled, ...values]: SqlRow): MarkedRow {
  const named = Object.fromEntries(figureColumns.map((column, index) => [column, values[index]]))
  return {
    ...toMetricRow({ ...(named as unknown as FigureRow), start: Number(start) }),
    rolled: Number(rolled) as Rolled,
  }
}

function toMinute(row: SqlRow): MinuteRow {
  return { ...toMarked(row), stationId: String(row.at(-1)) }
}
