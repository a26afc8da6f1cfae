import { DDSketch } from './ddsketch.ts'
import type { MetricKey, MetricRow } from './minute-metric.ts'

/** Tells figures of different queues, types, outcomes and spans apart. */
export function metricKey({ minute, queue, type, outcome }: MetricKey): string {
  return `${minute}\0${outcome}\0${queue}\0${type}`
}

/** One row that counts what all of `rows` count, under `key`: counts and sums added, maxima taken, sketches merged. Order does not matter. Pure. */
export function addRows(key: MetricKey, rows: readonly MetricRow[]): MetricRow {
  const sum = (figure: (row: MetricRow) => number): number => rows.reduce((total, row) => total + figure(row), 0)
  const max = (figure: (row: MetricRow) => number): number => rows.reduce((most, row) => Math.max(most, figure(row)), 0)
  const { minute, queue, type, outcome } = key
  return {
    minute,
    queue,
    type,
    outcome,
    count: sum((row) => row.count),
    waitSumMs: sum((row) => row.waitSumMs),
    waitMaxMs: max((row) => row.waitMaxMs),
    runSumMs: sum((row) => row.runSumMs),
    runMaxMs: max((row) => row.runMaxMs),
    cpuSumMs: sum((row) => row.cpuSumMs),
    memoryMaxBytes: max((row) => row.memoryMaxBytes),
    waitSketch: mergeSketches(rows.map((row) => row.waitSketch)),
    runSketch: mergeSketches(rows.map((row) => row.runSketch)),
  }
}

/** Rows of finer spans added up per span of `spanMs`, queue, type and outcome, in the order in which each came first. Pure. */
export function addBySpan(rows: readonly MetricRow[], spanMs: number): MetricRow[] {
  const inSpan = (row: MetricRow): MetricKey => ({ ...row, minute: Math.floor(row.minute / spanMs) * spanMs })
  const groups = Map.groupBy(rows, (row) => metricKey(inSpan(row)))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [addRows(inSpan(first), group)]
  })
}

function mergeSketches(sketches: readonly Uint8Array[]): Uint8Array {
  const all = new DDSketch()
  for (const bytes of sketches) all.merge(DDSketch.decode(bytes))
  return all.encode()
}
