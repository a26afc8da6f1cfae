import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import { numberArray, textArray } from './array-literals.ts'
import { figureArrays } from './figure-arrays.ts'

const writeMinuteMetricsSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.minute_metric AS m
    (minute, station_id, queue, type, outcome, count, wait_sum_ms, wait_max_ms, run_sum_ms, run_max_ms, cpu_sum_ms, memory_max_bytes, wait_sketch,
     run_sketch)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
                       $10::bigint[], $11::bigint[], $12::bigint[], $13::bytea[], $14::bytea[])
  ON CONFLICT (minute, station_id, queue, type, outcome) DO UPDATE
    SET count = excluded.count, wait_sum_ms = excluded.wait_sum_ms, wait_max_ms = excluded.wait_max_ms, run_sum_ms = excluded.run_sum_ms,
        run_max_ms = excluded.run_max_ms, cpu_sum_ms = excluded.cpu_sum_ms, memory_max_bytes = excluded.memory_max_bytes,
        wait_sketch = excluded.wait_sketch, run_sketch = excluded.run_sketch, rolled = CASE m.rolled WHEN 0 THEN 0 ELSE 2 END`

/** A statement ready to be sent. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Writes minute rows whole: a row of the same key is replaced, and marked as such where it was rolled into its hour. */
export function createWriteMinuteMetrics(schema: string): (rows: readonly MinuteMetric[]) => Statement {
  const text = writeMinuteMetricsSql(schema)
  return (rows) => ({
    text,
    values: [
      numberArray(rows.map((row) => row.minute)),
      textArray(rows.map((row) => row.stationId)),
      textArray(rows.map((row) => row.queue)),
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.outcome)),
      ...figureArrays(rows),
    ],
  })
}
