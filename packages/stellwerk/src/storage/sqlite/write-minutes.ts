import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import type { SqliteStatements } from './statement.ts'

const REPLACE = /* sql */ `
  INSERT INTO minute_metric AS m (minute, station_id, queue, type, outcome, count, wait_sum_ms, wait_max_ms, run_sum_ms,
         run_max_ms, cpu_sum_ms, memory_max_bytes, wait_sketch, run_sketch)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (minute, station_id, queue, type, outcome) DO UPDATE
     SET count = excluded.count, wait_sum_ms = excluded.wait_sum_ms, wait_max_ms = excluded.wait_max_ms, run_sum_ms = excluded.run_sum_ms,
         run_max_ms = excluded.run_max_ms, cpu_sum_ms = excluded.cpu_sum_ms, memory_max_bytes = excluded.memory_max_bytes,
         wait_sketch = excluded.wait_sketch, run_sketch = excluded.run_sketch, rolled = CASE m.rolled WHEN 0 THEN 0 ELSE 2 END`

/** Writes whole minute rows over what this station wrote before; one that was rolled into its hour is marked as replaced. */
export function writeMinutes(connection: SqliteStatements, minutes: readonly MinuteMetric[]): void {
  const replace = connection.prepare(REPLACE)
  for (const m of minutes) {
    replace.run(
      m.minute,
      m.stationId,
      m.queue,
      m.type,
      m.outcome,
      m.count,
      m.waitSumMs,
      m.waitMaxMs,
      m.runSumMs,
      m.runMaxMs,
      m.cpuSumMs,
      m.memoryMaxBytes,
      m.waitSketch,
      m.runSketch,
    )
  }
}
