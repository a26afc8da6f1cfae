import { DDSketch } from './ddsketch.ts'
import type { MetricOutcome, MetricRow } from './minute-metric.ts'

/** Everything that ended on one queue and type since counting began. Sums in ms. */
export interface RunTotal {
  readonly queue: string
  readonly type: string
  readonly ended: Readonly<Record<MetricOutcome, number>>
  readonly waitSumMs: number
  readonly runSumMs: number
  readonly wait: DDSketch
  readonly run: DDSketch
}

interface Sum {
  readonly queue: string
  readonly type: string
  readonly ended: Record<MetricOutcome, number>
  waitSumMs: number
  runSumMs: number
  readonly wait: DDSketch
  readonly run: DDSketch
}

type Sums = Map<string, Sum>

/** Totals that only grow: closed minutes are added once and for all, the newest ones anew at each look. */
export class RunTotals {
  readonly #closed: Sums = new Map()

  /** Adds minutes to which nothing will come any more. */
  addClosed(rows: readonly MetricRow[]): void {
    for (const row of rows) addRow(this.#closed, row)
  }

  /** All that was added, and these minutes on top of it; by queue, then type. */
  with(open: readonly MetricRow[]): readonly RunTotal[] {
    const all: Sums = new Map()
    for (const sum of this.#closed.values()) all.set(keyOf(sum), copyOf(sum))
    for (const row of open) addRow(all, row)
    return [...all.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  }
}

function keyOf({ queue, type }: { readonly queue: string; readonly type: string }): string {
  return `${queue}\0${type}`
}

function addRow(sums: Sums, row: MetricRow): void {
  const sum = sums.get(keyOf(row)) ?? emptySum(row.queue, row.type)
  sums.set(keyOf(row), sum)
  sum.ended[row.outcome] += row.count
  sum.waitSumMs += row.waitSumMs
  sum.runSumMs += row.runSumMs
  sum.wait.merge(DDSketch.decode(row.waitSketch))
  sum.run.merge(DDSketch.decode(row.runSketch))
}

function emptySum(queue: string, type: string): Sum {
  const ended = { completed: 0, retrying: 0, failed: 0 }
  return { queue, type, ended, waitSumMs: 0, runSumMs: 0, wait: new DDSketch(), run: new DDSketch() }
}

function copyOf(sum: Sum): Sum {
  return { ...sum, ended: { ...sum.ended }, wait: sum.wait.clone(), run: sum.run.clone() }
}
