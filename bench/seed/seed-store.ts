import { addBySpan } from '../../packages/stellwerk/src/domain/metrics/add-rows.ts'
import { DAY_MS, HOUR_MS } from '../../packages/stellwerk/src/domain/metrics/metric-tier.ts'
import { MinuteMeter } from '../../packages/stellwerk/src/domain/metrics/minute-meter.ts'
import type { MetricRow } from '../../packages/stellwerk/src/domain/metrics/minute-metric.ts'
import type { MarkedRow, Rolled } from '../../packages/stellwerk/src/domain/metrics/plan-roll.ts'
import type { WonRun } from '../../packages/stellwerk/src/domain/metrics/won-run.ts'
import { CLOSED_HOUR_MS, CLOSED_MINUTE_MS } from '../../packages/stellwerk/src/storage/rollup-store.ts'
import { failedRows, liveRows } from './live-rows.ts'
import { makeRuns, type SeededRun } from './make-runs.ts'
import { createRandom, type RandomSource } from './random-source.ts'
import { type SeededHour, spreadOverHours } from './rhythm.ts'
import { attemptRows, finishedRows, payloadRows } from './run-rows.ts'
import type { SeedOptions } from './seed-options.ts'
import { metricRows, type SeedSink } from './seed-sink.ts'

const minutesKeptMs = 48 * HOUR_MS
const hoursKeptMs = 90 * DAY_MS
const payloadsKeptMs = DAY_MS
const rowsPerInsert = 10_000

/** Writes a history that ends now, and what waits: rows, counters and figures agree. The store must be migrated and empty. @throws Error where it holds jobs */
export async function seedStore(sink: SeedSink, options: SeedOptions): Promise<void> {
  if ((await sink.jobs()) > 0) throw new Error('the store holds jobs already; give an empty one')
  const now = await sink.now()
  const hours = spreadOverHours(options.finished, options.days, now)
  await sink.prepare(hours[0]?.start ?? now, now)
  const seeding = new Seeding(sink, now, createRandom(options.seed))
  for (const hour of hours) await seeding.hour(hour)
  await seeding.rest(options)
}

class Seeding {
  readonly #sink: SeedSink
  readonly #now: number
  readonly #random: RandomSource
  readonly #counts = new Map<string, number>()
  #nextId = 1
  #runs: SeededRun[] = []
  #dayOfHours = 0
  #hours: MetricRow[] = []

  constructor(sink: SeedSink, now: number, random: RandomSource) {
    this.#sink = sink
    this.#now = now
    this.#random = random
  }

  async hour(hour: SeededHour): Promise<void> {
    const runs = makeRuns(hour, this.#nextId, this.#random)
    this.#nextId += runs.length
    for (const { kind } of runs) this.#count(kind.queue, kind.type, 'completed')
    await this.#writeFigures(hour.start, runs)
    this.#runs.push(...runs)
    if (this.#runs.length >= rowsPerInsert) await this.#writeRuns()
  }

  async rest(options: SeedOptions): Promise<void> {
    await this.#writeRuns()
    await this.#writeDay()
    for (const state of ['pending', 'scheduled', 'failed'] as const) {
      const wanted = { pending: options.waiting, scheduled: options.delayed, failed: options.failed }[state]
      for (let left = wanted; left > 0; left -= rowsPerInsert)
        await this.#writeSome(state, Math.min(left, rowsPerInsert))
    }
    const tallies = [...this.#counts].map(([key, count]) => [...key.split('\0'), count] as const)
    const column = (index: number) => tallies.map((tally) => tally[index] ?? '')
    const columns = { queue: column(0), type: column(1), state: column(2), count: column(3) }
    if (tallies.length > 0) await this.#sink.insert({ table: 'tally', columns })
    await this.#sink.finish(this.#nextId - 1)
  }

  async #writeSome(state: 'pending' | 'scheduled' | 'failed', jobs: number): Promise<void> {
    const batch = { firstId: this.#nextId, jobs, now: this.#now, random: this.#random }
    const { kinds, tables } = state === 'failed' ? failedRows(batch) : liveRows(state, batch)
    this.#nextId += jobs
    for (const kind of kinds) this.#count(kind.queue, kind.type, state)
    for (const rows of tables) await this.#sink.insert(rows)
  }

  #count(queue: string, type: string, state: string): void {
    const key = `${queue}\0${type}\0${state}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  async #writeRuns(): Promise<void> {
    for (let from = 0; from < this.#runs.length; from += rowsPerInsert) {
      const runs = this.#runs.slice(from, from + rowsPerInsert)
      await this.#sink.insert(finishedRows(runs))
      const retried = runs.filter(({ wasRetried }) => wasRetried)
      if (retried.length > 0) await this.#sink.insert(attemptRows(retried))
      const young = runs.filter(({ finishedAt }) => finishedAt >= this.#now - payloadsKeptMs)
      if (young.length > 0) await this.#sink.insert(payloadRows(young))
    }
    this.#runs = []
  }

  /** Closed minutes are part of their hour, and closed hours of their day, as the roller would have left them. */
  async #writeFigures(start: number, runs: readonly SeededRun[]): Promise<void> {
    const closed = runs.filter(({ finishedAt }) => minuteOf(finishedAt) < this.#now - CLOSED_MINUTE_MS)
    const hours = figuresOf(closed, start)
    const isClosed = start < this.#now - CLOSED_HOUR_MS
    const day = Math.floor(start / DAY_MS) * DAY_MS
    if (day !== this.#dayOfHours) await this.#writeDay()
    this.#dayOfHours = day
    if (isClosed) this.#hours.push(...hours)
    if (start >= this.#now - hoursKeptMs && hours.length > 0)
      await this.#sink.insert(metricRows('hour', marked(hours, isClosed ? 1 : 0)))
    if (start < this.#now - minutesKeptMs) return
    for (const [minute, ended] of Map.groupBy(runs, ({ finishedAt }) => minuteOf(finishedAt))) {
      const isRolled = minute < this.#now - CLOSED_MINUTE_MS
      await this.#sink.insert(metricRows('minute', marked(figuresOf(ended, minute), isRolled ? 1 : 0)))
    }
  }

  async #writeDay(): Promise<void> {
    if (this.#hours.length > 0) await this.#sink.insert(metricRows('day', marked(addBySpan(this.#hours, DAY_MS), 1)))
    this.#hours = []
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000) * 60_000
}

function marked(rows: readonly MetricRow[], rolled: Rolled): readonly MarkedRow[] {
  return rows.map((row) => ({ ...row, rolled }))
}

/** What a station would have measured of these runs, in one row per kind and outcome that starts at `start`. */
function figuresOf(runs: readonly SeededRun[], start: number): readonly MetricRow[] {
  const won = runs.flatMap((run): WonRun[] => {
    const completed = wonRun(run, 'completed')
    return run.wasRetried ? [completed, wonRun(run, 'retrying')] : [completed]
  })
  won.sort((one, other) => (one.type < other.type ? -1 : one.type > other.type ? 1 : 0))
  return new MinuteMeter('seed').stage(won, start)
}

function wonRun({ kind, finishedAt, waitMs, runMs, memoryBytes }: SeededRun, outcome: WonRun['outcome']): WonRun {
  const { queue, type } = kind
  const cpuMs = Math.round(runMs / 10)
  const memory = { memoryBytes, memoryPeakBytes: memoryBytes }
  return { queue, type, outcome, startedAt: finishedAt - runMs, waitMs, runMs, cpuMs, ...memory }
}
