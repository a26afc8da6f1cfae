import type { MetricTier } from '../../packages/stellwerk/src/domain/metrics/metric-tier.ts'
import type { MarkedRow } from '../../packages/stellwerk/src/domain/metrics/plan-roll.ts'

/** Values of one column, one per row. */
export type Column = readonly (string | number | null)[] | readonly Uint8Array[]

/** Rows for one table, by column; every column has as many values as there are rows. `retried_attempt` is wherever the store keeps attempts that were tried again. */
export interface SeededRows {
  readonly table: string
  readonly columns: Readonly<Record<string, Column>>
}

/** Where the seeded rows go. */
export interface SeedSink {
  /** The store's now, Unix ms. */
  now(): Promise<number>
  /** How many jobs are there already, of any state. */
  jobs(): Promise<number>
  /** What must be there before rows of that time can be written: partitions. */
  prepare(from: number, to: number): Promise<void>
  insert(rows: SeededRows): Promise<void>
  /** Makes the next job id follow `lastId`, and gathers statistics. */
  finish(lastId: number): Promise<void>
  close(): Promise<void>
}

const startOf = { minute: 'minute', hour: 'hour', day: 'day' } as const

/** Metric rows as rows of their table. */
export function metricRows(tier: MetricTier, rows: readonly MarkedRow[]): SeededRows {
  return {
    table: `${tier}_metric`,
    columns: {
      [startOf[tier]]: rows.map((row) => row.minute),
      queue: rows.map((row) => row.queue),
      type: rows.map((row) => row.type),
      outcome: rows.map((row) => row.outcome),
      count: rows.map((row) => row.count),
      wait_sum_ms: rows.map((row) => row.waitSumMs),
      wait_max_ms: rows.map((row) => row.waitMaxMs),
      run_sum_ms: rows.map((row) => row.runSumMs),
      run_max_ms: rows.map((row) => row.runMaxMs),
      cpu_sum_ms: rows.map((row) => row.cpuSumMs),
      memory_max_bytes: rows.map((row) => row.memoryMaxBytes),
      wait_sketch: rows.map((row) => row.waitSketch),
      run_sketch: rows.map((row) => row.runSketch),
      ...(tier === 'minute' && { station_id: rows.map(() => 'seed') }),
      ...(tier !== 'day' && { rolled: rows.map((row) => row.rolled) }),
    },
  }
}
