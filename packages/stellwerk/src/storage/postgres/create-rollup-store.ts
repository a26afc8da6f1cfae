import { StellwerkError } from '../../domain/errors.ts'
import { addRows, metricKey } from '../../domain/metrics/add-rows.ts'
import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { MetricRow } from '../../domain/metrics/minute-metric.ts'
import { hourOf, type MarkedRow, planDays, planRoll, type Rolled } from '../../domain/metrics/plan-roll.ts'
import { CLOSED_HOUR_MS, CLOSED_MINUTE_MS, type RollupStore } from '../rollup-store.ts'
import { toMetricRow } from '../sql/figure-columns.ts'
import type { FigureRow } from '../sql/tables.ts'
import { numberArray, textArray } from './array-literals.ts'
import type { ColdReads } from './cold-reads.ts'
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.ts'
import { keyArrays, rollStatements, rowArrays } from './roll-statements.ts'

interface StoredRow extends FigureRow {
  readonly start: number
  readonly rolled: number
  readonly station_id: string
}

interface MinuteRow extends MarkedRow {
  readonly stationId: string
}

/** The role of the roller, and of those who read long spans. */
export function createRollupStore(db: PostgresDatabase, reads: ColdReads): RollupStore {
  const roller = new Roller(db)
  return {
    rollMinutes: (limit) => roller.inTurn((tx, now) => roller.minutes(tx, now - CLOSED_MINUTE_MS, limit)),
    rollHours: (limit) => roller.inTurn((tx, now) => roller.hours(tx, now - CLOSED_HOUR_MS, limit)),
    tier: (filter) => reads.read(({ listTier }, kysely) => listTier(kysely, filter)),
    recount: (since) =>
      reads.read(({ recountMetrics }, kysely) => recountMetrics(kysely, { since, prefix: `${db.schema}.` })),
  }
}

class Roller {
  readonly #db: PostgresDatabase
  readonly #sql: ReturnType<typeof rollStatements>

  constructor(db: PostgresDatabase) {
    this.#db = db
    this.#sql = rollStatements(db.schema)
  }

  async inTurn(roll: (tx: PostgresTransaction, now: number) => Promise<number>): Promise<number> {
    return await this.#db.transaction(async (tx) => {
      const key = `stellwerk:${this.#db.schemaName}`
      const [turn] = await tx.query<{ mine: boolean; now: number }>(this.#sql.turn, [key])
      return turn?.mine === true ? await roll(tx, turn.now) : 0
    })
  }

  async minutes(tx: PostgresTransaction, before: number, limit: number): Promise<number> {
    const closed = (await tx.query<StoredRow>(this.#sql.closedMinutes, [before, limit])).map(toMinute)
    if (closed.length === 0) return 0
    const minutes = await this.#withSiblings(tx, closed)
    const spans = minutes.map((row) => hourOf(row).minute)
    const hours = await this.#rows(tx, this.#sql.hoursBetween, [Math.min(...spans), Math.max(...spans)])
    const plan = planRoll({ minutes, hours })
    const marks = numberArray(plan.hours.map((hour) => hour.rolled))
    await tx.query(this.#sql.writeHours, [...rowArrays(plan.hours), marks])
    const days = await Promise.all(
      plan.days.map(async (day) => {
        const values = [day.minute, day.minute + DAY_MS, day.queue, day.type, day.outcome]
        return addRows(day, await this.#rows(tx, this.#sql.hoursOfDay, values))
      }),
    )
    await this.#writeDays(tx, days)
    await this.#mark(tx, minutes)
    return closed.length
  }

  async hours(tx: PostgresTransaction, before: number, limit: number): Promise<number> {
    const hours = await this.#rows(tx, this.#sql.closedHours, [before, limit])
    if (hours.length === 0) return 0
    const spans = hours.map((row) => Math.floor(row.minute / DAY_MS) * DAY_MS)
    const days = await this.#rows(tx, this.#sql.daysBetween, [Math.min(...spans), Math.max(...spans)])
    await this.#writeDays(tx, planDays(hours, days))
    await tx.query(this.#sql.markHours, keyArrays(hours))
    return hours.length
  }

  /** A row that a station replaced since it was read is not marked: then nothing of this roll may stay, and the next pass takes it as it is by then. */
  async #mark(tx: PostgresTransaction, minutes: readonly MinuteRow[]): Promise<void> {
    const [starts = '', ...names] = keyArrays(minutes)
    const stations = textArray(minutes.map((row) => row.stationId))
    const counts = numberArray(minutes.map((row) => row.count))
    const marked = await tx.query(this.#sql.markMinutes, [starts, stations, ...names, counts])
    if (marked.length === minutes.length) return
    throw new StellwerkError('STORE_BUSY', 'A minute was replaced while it was rolled; the next pass rolls it.')
  }

  async #writeDays(tx: PostgresTransaction, days: readonly MetricRow[]): Promise<void> {
    if (days.length > 0) await tx.query(this.#sql.writeDays, rowArrays(days))
  }

  async #rows(tx: PostgresTransaction, text: string, values: readonly unknown[]): Promise<readonly MarkedRow[]> {
    return (await tx.query<StoredRow>(text, values)).map(toMarked)
  }

  /** A key of which a row was replaced is added up anew, from all its minutes of that hour. */
  async #withSiblings(tx: PostgresTransaction, closed: readonly MinuteRow[]): Promise<readonly MinuteRow[]> {
    const anew = new Map(
      closed.filter(({ rolled }) => rolled === 2).map((row) => [metricKey(hourOf(row)), hourOf(row)] as const),
    )
    const whole = closed.filter((row) => !anew.has(metricKey(hourOf(row))))
    for (const hour of anew.values()) {
      const values = [hour.minute, hour.minute + HOUR_MS, hour.queue, hour.type, hour.outcome]
      whole.push(...(await tx.query<StoredRow>(this.#sql.minutesOfHour, values)).map(toMinute))
    }
    return whole
  }
}

function toMarked(row: StoredRow): MarkedRow {
  return { ...toMetricRow(row), rolled: row.rolled as Rolled }
}

function toMinute(row: StoredRow): MinuteRow {
  return { ...toMarked(row), stationId: row.station_id }
}
