import { DDSketch } from './ddsketch.ts'
import type { MetricOutcome, MinuteMetric } from './minute-metric.ts'
import type { WonRun } from './won-run.ts'

/** Length of a minute row, ms. */
export const MINUTE_MS = 60_000

interface Totals {
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
  count: number
  waitSumMs: number
  waitMaxMs: number
  runSumMs: number
  runMaxMs: number
  cpuSumMs: number
  memoryMaxBytes: number
  readonly wait: DDSketch
  readonly run: DDSketch
}

/**
 * What one station has measured in the current minute. Rows are cumulative, since a row that is written replaces the one before; a flush is staged inside
 * its transaction and counted once that has committed. Should the clock step back, runs count to the newest minute: no row is ever overwritten by less.
 */
export class MinuteMeter {
  readonly #stationId: string
  #minute = Number.NEGATIVE_INFINITY
  #committed: ReadonlyMap<string, Totals> = new Map()
  #staged: { readonly minute: number; readonly totals: ReadonlyMap<string, Totals> } | undefined

  constructor(stationId: string) {
    this.#stationId = stationId
  }

  /** The newest minute of which runs are committed, Unix ms; -Infinity: none yet. */
  get minute(): number {
    return this.#minute
  }

  /** The rows to write for these runs, one for each key they touch, with all that was committed before in the minute of `at` (Unix ms). Replaces what is staged. */
  stage(won: readonly WonRun[], at: number): MinuteMetric[] {
    const minute = Math.max(Math.floor(at / MINUTE_MS) * MINUTE_MS, this.#minute)
    const before = minute === this.#minute ? this.#committed : new Map<string, Totals>()
    const totals = totalsOf(won, before)
    this.#staged = { minute, totals }
    return [...totals.values()].map((each) => toRow(each, { minute, stationId: this.#stationId }))
  }

  /** The staged rows are durable: later ones build on them. What earlier minutes held is forgotten. */
  commit(): void {
    if (this.#staged === undefined) return
    const { minute, totals } = this.#staged
    this.#committed = new Map([...(minute === this.#minute ? this.#committed : []), ...totals])
    this.#minute = minute
    this.#staged = undefined
  }

  /** Takes over what the store holds of this station, after a commit whose outcome is not known: the newest minute of `rows` is the base of later ones. */
  load(rows: readonly MinuteMetric[]): void {
    const minute = rows.reduce((newest, row) => Math.max(newest, row.minute), this.#minute)
    this.#staged = undefined
    this.#minute = minute
    this.#committed = new Map(rows.filter((row) => row.minute === minute).map((row) => [keyOf(row), toTotals(row)]))
  }

  /** The staged rows were not written: as if they had never been. */
  rollback(): void {
    this.#staged = undefined
  }
}

function totalsOf(won: readonly WonRun[], before: ReadonlyMap<string, Totals>): Map<string, Totals> {
  const totals = new Map<string, Totals>()
  let last: Totals | undefined
  for (const run of won) {
    // Runs of one kind mostly come in a row: the key is built only where the kind changes.
    if (last?.type !== run.type || last.queue !== run.queue || last.outcome !== run.outcome)
      last = openTotals(run, { totals, before })
    count(last, run)
  }
  return totals
}

function openTotals(
  { queue, type, outcome }: WonRun,
  { totals, before }: { readonly totals: Map<string, Totals>; readonly before: ReadonlyMap<string, Totals> },
): Totals {
  const key = keyOf({ queue, type, outcome })
  const open = totals.get(key)
  if (open) return open
  const base = before.get(key)
  const fresh = base
    ? { ...base, wait: base.wait.clone(), run: base.run.clone() }
    : emptyTotals({ queue, type, outcome })
  totals.set(key, fresh)
  return fresh
}

function keyOf({ queue, type, outcome }: Pick<Totals, 'queue' | 'type' | 'outcome'>): string {
  return `${outcome}\0${queue}\0${type}`
}

function toTotals({ queue, type, outcome, waitSketch, runSketch, ...row }: MinuteMetric): Totals {
  const { count, waitSumMs, waitMaxMs, runSumMs, runMaxMs, cpuSumMs, memoryMaxBytes } = row
  const sums = { count, waitSumMs, waitMaxMs, runSumMs, runMaxMs, cpuSumMs, memoryMaxBytes }
  return { queue, type, outcome, ...sums, wait: DDSketch.decode(waitSketch), run: DDSketch.decode(runSketch) }
}

function emptyTotals(kind: Pick<Totals, 'queue' | 'type' | 'outcome'>): Totals {
  const zero = { count: 0, waitSumMs: 0, waitMaxMs: 0, runSumMs: 0, runMaxMs: 0, cpuSumMs: 0, memoryMaxBytes: 0 }
  return { ...kind, ...zero, wait: new DDSketch(), run: new DDSketch() }
}

function count(totals: Totals, run: WonRun): void {
  const waitMs = Math.max(run.waitMs, 0)
  const runMs = Math.max(run.runMs, 0)
  totals.count++
  totals.waitSumMs += waitMs
  totals.waitMaxMs = Math.max(totals.waitMaxMs, waitMs)
  totals.runSumMs += runMs
  totals.runMaxMs = Math.max(totals.runMaxMs, runMs)
  totals.cpuSumMs += run.cpuMs ?? 0
  totals.memoryMaxBytes = Math.max(totals.memoryMaxBytes, run.memoryPeakBytes ?? run.memoryBytes ?? 0)
  totals.wait.add(waitMs)
  totals.run.add(runMs)
}

/** Columns are whole numbers: sums are rounded once, on the way out. */
function toRow(totals: Totals, key: { readonly minute: number; readonly stationId: string }): MinuteMetric {
  const { queue, type, outcome, wait, run } = totals
  return {
    ...key,
    queue,
    type,
    outcome,
    count: totals.count,
    waitSumMs: Math.round(totals.waitSumMs),
    waitMaxMs: Math.round(totals.waitMaxMs),
    runSumMs: Math.round(totals.runSumMs),
    runMaxMs: Math.round(totals.runMaxMs),
    cpuSumMs: Math.round(totals.cpuSumMs),
    memoryMaxBytes: Math.round(totals.memoryMaxBytes),
    waitSketch: wait.encode(),
    runSketch: run.encode(),
  }
}
