import { DDSketch } from './ddsketch.ts'
import { MINUTE_MS } from './minute-meter.ts'
import type { MetricRow } from './minute-metric.ts'

/** Minutes that a window shows, the running one included. */
export const windowMinutes = 60
/** Full minutes that a pace is taken of. */
const paceMinutes = 5

/** How many runs ended, and how many of them failed, over `overMs` of time. */
export interface Pace {
  readonly ended: number
  readonly failed: number
  readonly overMs: number
}

/** What one queue, or all of them, did in the last hour. Lists are by minute, oldest first; the last one is the minute under way. Waits and runs are null where nothing ended. */
export interface HourFigures {
  readonly ended: readonly number[]
  /** Runs that failed, whether they are tried again or not. */
  readonly failed: readonly number[]
  /** 0 where nothing ended. */
  readonly waitP95Ms: readonly number[]
  readonly averageWaitMs: number | null
  readonly p95WaitMs: number | null
  readonly p95RunMs: number | null
  /** Of the last 5 full minutes; where figures began later, since then. */
  readonly pace: Pace
}

/** The last hour of all queues together, and of each that ended a run in it. */
export interface WindowFigures {
  readonly total: HourFigures
  readonly queues: ReadonlyMap<string, HourFigures>
}

interface Cell {
  ended: number
  failed: number
  waitSumMs: number
  waitMaxMs: number
  runMaxMs: number
  readonly wait: DDSketch
  readonly run: DDSketch
}

type Minute = ReadonlyMap<string, Cell>

const noRuns: HourFigures = {
  ended: Array.from({ length: windowMinutes }, () => 0),
  failed: Array.from({ length: windowMinutes }, () => 0),
  waitP95Ms: Array.from({ length: windowMinutes }, () => 0),
  averageWaitMs: null,
  p95WaitMs: null,
  p95RunMs: null,
  pace: { ended: 0, failed: 0, overMs: paceMinutes * MINUTE_MS },
}

/** The last hour's figures, kept by minute so that each reading adds only what is new. Sketches are merged once per minute. */
export class HourWindow {
  readonly #minutes = new Map<number, Minute>()

  /** Puts these rows in the place of all that is known of minutes from `from` on (Unix ms), and forgets what is too old at `now`. */
  replaceFrom(from: number, rows: readonly MetricRow[], now: number): void {
    const oldest = firstMinute(now)
    for (const minute of this.#minutes.keys()) if (minute >= from || minute < oldest) this.#minutes.delete(minute)
    const fresh = Map.groupBy(rows, (row) => row.minute)
    for (const [minute, some] of fresh) if (minute >= from && minute >= oldest) this.#minutes.set(minute, cellsOf(some))
  }

  /** What the hour until `now` (Unix ms) shows; of these queues alone where some are named. */
  figures(now: number, queues: readonly string[] | null = null): WindowFigures {
    const first = firstMinute(now)
    const known = [...this.#minutes].filter(([minute]) => minute >= first)
    const began = known.length === 0 ? null : Math.min(...known.map(([minute]) => minute))
    const span = paceSpan(now, began)
    const places = new Map<string, PlacedCell[]>()
    for (const [minute, cells] of known) {
      for (const [queue, cell] of cells) {
        if (queues !== null && !queues.includes(queue)) continue
        const placed = { index: Math.round((minute - first) / MINUTE_MS), minute, cell }
        places.set(queue, [...(places.get(queue) ?? []), placed])
      }
    }
    return {
      total: toFigures(sumByMinute([...places.values()].flat()), span),
      queues: new Map([...places].map(([queue, cells]) => [queue, toFigures(cells, span)])),
    }
  }
}

/** What a queue shows that ended nothing in the hour. */
export const emptyHour: HourFigures = noRuns

function firstMinute(now: number): number {
  return Math.floor(now / MINUTE_MS) * MINUTE_MS - (windowMinutes - 1) * MINUTE_MS
}

/** From `from` to `to`, Unix ms: 5 full minutes, or what there is where figures began later. */
function paceSpan(now: number, began: number | null): { readonly from: number; readonly to: number } {
  const full = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const from = Math.max(full - paceMinutes * MINUTE_MS, began ?? 0)
  // In the first minute of all there is no full one yet.
  return from < full ? { from, to: full } : { from: full, to: now + 1 }
}

function cellsOf(rows: readonly MetricRow[]): Minute {
  const cells = new Map<string, Cell>()
  for (const row of rows) {
    const cell = cells.get(row.queue) ?? newCell()
    cells.set(row.queue, cell)
    cell.ended += row.count
    if (row.outcome !== 'completed') cell.failed += row.count
    cell.waitSumMs += row.waitSumMs
    cell.waitMaxMs = Math.max(cell.waitMaxMs, row.waitMaxMs)
    cell.runMaxMs = Math.max(cell.runMaxMs, row.runMaxMs)
    cell.wait.merge(DDSketch.decode(row.waitSketch))
    cell.run.merge(DDSketch.decode(row.runSketch))
  }
  return cells
}

function newCell(): Cell {
  return { ended: 0, failed: 0, waitSumMs: 0, waitMaxMs: 0, runMaxMs: 0, wait: new DDSketch(), run: new DDSketch() }
}

/** One cell per minute in place of one per minute and queue. */
function sumByMinute(cells: readonly PlacedCell[]): readonly PlacedCell[] {
  const sums = new Map<number, PlacedCell>()
  for (const { index, minute, cell } of cells) {
    const sum = sums.get(index) ?? { index, minute, cell: newCell() }
    sums.set(index, sum)
    addTo(sum.cell, cell)
  }
  return [...sums.values()]
}

function addTo(all: Cell, cell: Cell): void {
  all.ended += cell.ended
  all.failed += cell.failed
  all.waitSumMs += cell.waitSumMs
  all.waitMaxMs = Math.max(all.waitMaxMs, cell.waitMaxMs)
  all.runMaxMs = Math.max(all.runMaxMs, cell.runMaxMs)
  all.wait.merge(cell.wait)
  all.run.merge(cell.run)
}

interface PlacedCell {
  readonly index: number
  readonly minute: number
  readonly cell: Cell
}

function toFigures(cells: readonly PlacedCell[], span: { readonly from: number; readonly to: number }): HourFigures {
  const ended = [...noRuns.ended]
  const failed = [...noRuns.failed]
  const waitP95Ms = [...noRuns.waitP95Ms]
  const all = newCell()
  const pace = { ended: 0, failed: 0, overMs: span.to - span.from }
  for (const { index, minute, cell } of cells) {
    ended[index] = cell.ended
    failed[index] = cell.failed
    waitP95Ms[index] = p95(cell.wait, cell.waitMaxMs)
    addTo(all, cell)
    if (minute < span.from || minute >= span.to) continue
    pace.ended += cell.ended
    pace.failed += cell.failed
  }
  const hasRuns = all.ended > 0
  return {
    ended,
    failed,
    waitP95Ms,
    averageWaitMs: hasRuns ? all.waitSumMs / all.ended : null,
    p95WaitMs: hasRuns ? p95(all.wait, all.waitMaxMs) : null,
    p95RunMs: hasRuns ? p95(all.run, all.runMaxMs) : null,
    pace,
  }
}

/** A bucket's middle may lie above the largest value in it. */
function p95(sketch: DDSketch, maxMs: number): number {
  return Math.min(sketch.quantile(0.95), maxMs)
}
