import type { MetricKey, MetricRow } from '../../domain/metrics/minute-metric.ts'
import { figureColumns } from '../sql/figure-columns.ts'
import { numberArray, textArray } from './array-literals.ts'
import { figureArrays } from './figure-arrays.ts'

const figures = figureColumns.join(', ')
const update = figureColumns
  .slice(3)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')
const columnArrays = `$2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::bytea[], $13::bytea[]`

/** Statements of the roller. One roller at a time: who does not get `turn` leaves it to the other. */
export function rollStatements(s: string) {
  return {
    turn: `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7358)) AS mine, ${s}.now_ms() AS now`,
    closedMinutes: `
      SELECT minute AS start, rolled, ${figures}, station_id FROM ${s}.minute_metric WHERE rolled <> 1 AND minute < $1 ORDER BY minute LIMIT $2`,
    minutesOfHour: `
      SELECT minute AS start, rolled, ${figures}, station_id FROM ${s}.minute_metric
       WHERE minute >= $1 AND minute < $2 AND queue = $3 AND type = $4 AND outcome = $5`,
    markMinutes: `
      UPDATE ${s}.minute_metric AS m SET rolled = 1
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
             AS r(minute, station_id, queue, type, outcome, count)
       WHERE m.minute = r.minute AND m.station_id = r.station_id AND m.queue = r.queue AND m.type = r.type AND m.outcome = r.outcome
         AND m.count = r.count
      RETURNING 1 AS marked`,
    hoursBetween: `SELECT hour AS start, rolled, ${figures} FROM ${s}.hour_metric WHERE hour >= $1 AND hour <= $2`,
    hoursOfDay: `
      SELECT hour AS start, rolled, ${figures} FROM ${s}.hour_metric
       WHERE hour >= $1 AND hour < $2 AND queue = $3 AND type = $4 AND outcome = $5 AND rolled = 1`,
    closedHours: `SELECT hour AS start, rolled, ${figures} FROM ${s}.hour_metric WHERE rolled <> 1 AND hour < $1 ORDER BY hour LIMIT $2`,
    writeHours: `
      INSERT INTO ${s}.hour_metric (hour, ${figures}, rolled) SELECT * FROM unnest($1::bigint[], ${columnArrays}, $14::smallint[])
      ON CONFLICT (hour, queue, type, outcome) DO UPDATE SET rolled = excluded.rolled, ${update}`,
    markHours: `
      UPDATE ${s}.hour_metric AS h SET rolled = 1
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS r(hour, queue, type, outcome)
       WHERE h.hour = r.hour AND h.queue = r.queue AND h.type = r.type AND h.outcome = r.outcome AND h.rolled <> 1`,
    daysBetween: `SELECT day AS start, 1 AS rolled, ${figures} FROM ${s}.day_metric WHERE day >= $1 AND day <= $2`,
    writeDays: `
      INSERT INTO ${s}.day_metric (day, ${figures}) SELECT * FROM unnest($1::bigint[], ${columnArrays})
      ON CONFLICT (day, queue, type, outcome) DO UPDATE SET ${update}`,
  }
}

/** Keys as arrays: start, queue, type, outcome. */
export function keyArrays(keys: readonly MetricKey[]): readonly string[] {
  return [
    numberArray(keys.map((key) => key.minute)),
    textArray(keys.map((key) => key.queue)),
    textArray(keys.map((key) => key.type)),
    textArray(keys.map((key) => key.outcome)),
  ]
}

/** Rows as arrays, start first, then the columns of {@link figureColumns}. */
export function rowArrays(rows: readonly MetricRow[]): readonly string[] {
  return [...keyArrays(rows), ...figureArrays(rows)]
}
