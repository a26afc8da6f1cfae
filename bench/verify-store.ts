import type { Stellwerk } from 'stellwerk'
import type { BenchStore } from './bench-store.ts'

/** What must be true after a run, each by name. */
export type Checks = Readonly<Record<string, boolean>>

/** What a drained store is held against. */
export interface DrainedRun {
  readonly stellwerk: Stellwerk
  readonly store: BenchStore
  /** Every id that a dispatch returned. */
  readonly ids: readonly number[]
  /** How often a handler ran, where this process could count it. */
  readonly executions?: number
}

/** Every job completed exactly once, its history is complete, and every counter equals a recount of the rows. */
export async function verifyDrained({ stellwerk, store, ids, executions }: DrainedRun): Promise<Checks> {
  const completed = await store.rows.completedIds()
  const checks = {
    every_job_completed_exactly_once: sameIds(completed, ids) && (await store.rows.rowsClaimedAgain()) === 0,
    history_complete: sameIds(await store.rows.payloadIds(), ids),
    nothing_left: (await store.rows.liveIds()).length === 0,
    tallies_equal_recount: await talliesMatch(stellwerk),
    minute_metrics_equal: (await minuteCount(stellwerk)) === ids.length,
  }
  return executions === undefined ? checks : { ...checks, every_handler_ran_once: executions === ids.length }
}

/** Every dispatched job waits, once, and the counters say so. */
export async function verifyWaiting(stellwerk: Stellwerk, store: BenchStore, ids: readonly number[]): Promise<Checks> {
  const tallies = await stellwerk.deps().store.metrics.tallies()
  const pending = tallies.reduce((sum, tally) => (tally.state === 'pending' ? sum + tally.count : sum), 0)
  return {
    every_job_stored_once: sameIds(await store.rows.liveIds(), ids),
    all_pending: pending === ids.length,
    tallies_equal_recount: await talliesMatch(stellwerk),
  }
}

/** Whether all checks of all rounds hold. */
export function allHold(checks: readonly Checks[]): boolean {
  return checks.length > 0 && checks.every((round) => Object.values(round).every(Boolean))
}

/** The checks that did not hold in some round, by name. */
export function brokenChecks(checks: readonly Checks[]): readonly string[] {
  const broken = checks.flatMap((round) => Object.entries(round).filter(([, holds]) => !holds))
  return [...new Set(broken.map(([name]) => name))]
}

function sameIds(sorted: readonly number[], ids: readonly number[]): boolean {
  const expected = Float64Array.from(ids).sort()
  return sorted.length === expected.length && expected.every((id, at) => sorted[at] === id)
}

async function talliesMatch(stellwerk: Stellwerk): Promise<boolean> {
  const { metrics } = stellwerk.deps().store
  const lines = (tallies: Awaited<ReturnType<typeof metrics.tallies>>): string =>
    tallies
      .filter(({ count }) => count !== 0)
      .map(({ queue, type, state, count }) => JSON.stringify([queue, type, state, count]))
      .toSorted()
      .join('\n')
  return lines(await metrics.tallies()) === lines(await metrics.recount())
}

async function minuteCount(stellwerk: Stellwerk): Promise<number> {
  const minutes = await stellwerk.deps().store.metrics.minutes({ from: 0, to: Number.MAX_SAFE_INTEGER })
  return minutes.reduce((sum, row) => (row.outcome === 'completed' ? sum + row.count : sum), 0)
}
