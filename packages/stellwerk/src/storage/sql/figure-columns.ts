import type { MetricRow } from '../../domain/metrics/minute-metric.ts'
import type { FigureRow } from './tables.ts'

/** Columns of every metrics table but its key of time and station, in the order of {@link figureValues}. */
export const figureColumns = [
  'queue',
  'type',
  'outcome',
  'count',
  'wait_sum_ms',
  'wait_max_ms',
  'run_sum_ms',
  'run_max_ms',
  'cpu_sum_ms',
  'memory_max_bytes',
  'wait_sketch',
  'run_sketch',
] as const

/** A row's values in the order of {@link figureColumns}. */
export function figureValues(row: MetricRow): (string | number | Uint8Array)[] {
  return [
    row.queue,
    row.type,
    row.outcome,
    row.count,
    row.waitSumMs,
    row.waitMaxMs,
    row.runSumMs,
    row.runMaxMs,
    row.cpuSumMs,
    row.memoryMaxBytes,
    row.waitSketch,
    row.runSketch,
  ]
}

/** A stored row of any tier as the domain knows it; `start` is the Unix ms at which its span begins. */
export function toMetricRow(row: FigureRow & { readonly start: number }): MetricRow {
  return {
    minute: row.start,
    queue: row.queue,
    type: row.type,
    outcome: row.outcome,
    count: row.count,
    waitSumMs: row.wait_sum_ms,
    waitMaxMs: row.wait_max_ms,
    runSumMs: row.run_sum_ms,
    runMaxMs: row.run_max_ms,
    cpuSumMs: row.cpu_sum_ms,
    memoryMaxBytes: row.memory_max_bytes,
    waitSketch: row.wait_sketch,
    runSketch: row.run_sketch,
  }
}
