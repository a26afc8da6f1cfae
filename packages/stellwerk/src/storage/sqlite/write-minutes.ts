import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import type { SqliteStatements } from './statement.ts'

const REPLACE = /* sql */ `
  INSERT OR REPLACE INTO minute_metric (minute, station_id, queue, type, outcome, count, wait_sum_ms, wait_max_ms, run_sum_ms,
         run_max_ms, cpu_sum_ms, memory_max_bytes, wait_sketch, run_sketch)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Writes whole minute rows over what this station wrote before. */
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
