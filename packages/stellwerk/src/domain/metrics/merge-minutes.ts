import { DDSketch } from './ddsketch.ts'
import { MINUTE_MS } from './minute-meter.ts'
import type { MetricOutcome, MetricRow } from './minute-metric.ts'

/** Times of many runs, ms. Quantiles are within 1 %, average and maximum exact. */
export interface Timing {
  readonly averageMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** One span of time of a queue, type and outcome over all stations. */
export interface MergedMinute {
  /** Unix ms of the span's start. */
  readonly minute: number
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
  readonly count: number
  readonly wait: Timing
  readonly run: Timing
  readonly cpuSumMs: number
  readonly memoryMaxBytes: number
}

/** Rows of all stations merged per span of `spanMs` (a minute unless said otherwise), queue, type and outcome, by time, then in the order they came. Pure. */
export function mergeMinutes(rows: readonly MetricRow[], spanMs: number = MINUTE_MS): MergedMinute[] {
  const startOf = (row: MetricRow): number => Math.floor(row.minute / spanMs) * spanMs
  const groups = Map.groupBy(rows, (row) => `${startOf(row)}\0${row.outcome}\0${row.queue}\0${row.type}`)
  const merged = [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [mergedOf(group, { ...first, minute: startOf(first) })]
  })
  return merged.toSorted((one, other) => one.minute - other.minute)
}

function mergedOf(rows: readonly MetricRow[], { minute, queue, type, outcome }: MetricRow): MergedMinute {
  const sum = (figure: (row: MetricRow) => number): number => rows.reduce((total, row) => total + figure(row), 0)
  const max = (figure: (row: MetricRow) => number): number => rows.reduce((most, row) => Math.max(most, figure(row)), 0)
  const count = sum((row) => row.count)
  const waits = rows.map((row) => row.waitSketch)
  const runs = rows.map((row) => row.runSketch)
  return {
    minute,
    queue,
    type,
    outcome,
    count,
    wait: timingOf(waits, {
      averageMs: sum((row) => row.waitSumMs) / Math.max(count, 1),
      maxMs: max((row) => row.waitMaxMs),
    }),
    run: timingOf(runs, {
      averageMs: sum((row) => row.runSumMs) / Math.max(count, 1),
      maxMs: max((row) => row.runMaxMs),
    }),
    cpuSumMs: sum((row) => row.cpuSumMs),
    memoryMaxBytes: max((row) => row.memoryMaxBytes),
  }
}

function timingOf(sketches: readonly Uint8Array[], exact: Pick<Timing, 'averageMs' | 'maxMs'>): Timing {
  const [first, ...others] = sketches
  const all = first === undefined ? new DDSketch() : DDSketch.decode(first)
  for (const bytes of others) all.merge(DDSketch.decode(bytes))
  const [p50 = 0, p95 = 0, p99 = 0] = all.quantiles([0.5, 0.95, 0.99])
  // A bucket's middle may lie above the largest value in it.
  const within = (ms: number): number => Math.min(ms, exact.maxMs)
  return { ...exact, p50Ms: within(p50), p95Ms: within(p95), p99Ms: within(p99) }
}
