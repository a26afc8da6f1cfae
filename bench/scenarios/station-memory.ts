import { setTimeout as pause } from 'node:timers/promises'
import type { Stellwerk } from 'stellwerk'
import type { BenchGround, BenchStore } from '../bench-store.ts'
import { type BenchChild, startBenchChild } from '../child-process.ts'
import { dispatchInChunks, openBench, probeJob } from '../probe-job.ts'
import { type RoundOutcome, runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { spreadOf } from '../statistics.ts'
import { type Checks, verifyDrained, verifyWaiting } from '../verify-store.ts'

const holdMs = 5_000

interface Usage {
  readonly peakRssBytes: number
  readonly rssBytes: number
  readonly executions: number
}

interface MemoryOutcome extends RoundOutcome {
  /** Resident memory of a station whose slots are all taken while the rest waits. */
  readonly waitingMb: number
  /** The most that a station had while it drained them. */
  readonly drainPeakMb: number
}

/** Resident memory of a process that runs a station and nothing else, first beside waiting jobs, then (another process) draining them. */
export const stationMemory: Scenario = async (options, ground) => {
  const count = options.jobs ?? 100_000
  const rounds = options.rounds ?? 1
  const work = { count, chunk: options.chunk, concurrency: options.concurrency }
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, work))
  const waiting = spreadOf(
    outcomes.map(({ waitingMb }) => waitingMb),
    1,
  )
  const peak = spreadOf(
    outcomes.map(({ drainPeakMb }) => drainPeakMb),
    1,
  )
  return {
    figures: {
      jobs: count,
      concurrency: options.concurrency,
      rounds,
      station_rss_mb: waiting.median,
      station_rss_mb_min: waiting.min,
      station_rss_mb_max: waiting.max,
      drain_peak_rss_mb: peak.median,
      drain_peak_rss_mb_min: peak.min,
      drain_peak_rss_mb_max: peak.max,
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(
  ground: BenchGround,
  work: { readonly count: number; readonly chunk: number; readonly concurrency: number },
): Promise<MemoryOutcome> {
  const store = await ground.makeStore()
  const job = probeJob()
  const stellwerk = await openBench(store, job)
  try {
    const ids = await dispatchInChunks(stellwerk, job, work)
    const waiting = await withStation(store, { concurrency: work.concurrency, handler: 'hold' }, async (child) => {
      await pause(holdMs)
      return child.ask<Usage>({ order: 'usage' })
    })
    const given = await verifyGivenBack(stellwerk, store, ids)
    const draining = await withStation(store, { concurrency: work.concurrency, handler: 'noop' }, async (child) => {
      await child.ask({ order: 'untilIdle' })
      return child.ask<Usage>({ order: 'usage' })
    })
    return {
      elapsedMs: 0,
      waitingMb: waiting.peakRssBytes / 2 ** 20,
      drainPeakMb: draining.peakRssBytes / 2 ** 20,
      checks: { ...given, ...(await verifyAfterHold(stellwerk, store, { ids, executions: draining.executions })) },
      storeFacts: await store.rows.facts(),
    }
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}

/** A stopped station gives back what it held: all wait again. */
async function verifyGivenBack(stellwerk: Stellwerk, store: BenchStore, ids: readonly number[]): Promise<Checks> {
  const { all_pending: allPending, ...rest } = await verifyWaiting(stellwerk, store, ids)
  return { ...rest, all_given_back: allPending === true }
}

async function verifyAfterHold(
  stellwerk: Stellwerk,
  store: BenchStore,
  run: { readonly ids: readonly number[]; readonly executions: number },
): Promise<Checks> {
  // What the first station held and gave back was claimed twice, so the count of claims says nothing here; the ids do.
  const { every_job_completed_exactly_once: _claims, ...checks } = await verifyDrained({ stellwerk, store, ...run })
  const completed = await store.rows.completedIds()
  return {
    ...checks,
    every_job_completed_exactly_once: completed.length === run.ids.length && new Set(completed).size === run.ids.length,
  }
}

async function withStation<Result>(
  { store, schema, stateDir }: BenchStore,
  station: { readonly concurrency: number; readonly handler: 'hold' | 'noop' },
  use: (child: BenchChild) => Promise<Result>,
): Promise<Result> {
  const child = startBenchChild('station')
  try {
    await child.ask({ order: 'start', store, schema, stateDir, ...station })
    const result = await use(child)
    await child.ask({ order: 'stop' })
    return result
  } finally {
    await child.end()
  }
}
