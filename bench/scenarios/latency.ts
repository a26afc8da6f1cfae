import { setTimeout as pause } from 'node:timers/promises'
import type { Stellwerk } from 'stellwerk'
import type { BenchGround, BenchStore } from '../bench-store.ts'
import { startBenchChild } from '../child-process.ts'
import { openBench, type ProbeJob, probeJob } from '../probe-job.ts'
import { type RoundOutcome, runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { percentile, round, spreadOf } from '../statistics.ts'
import { verifyDrained } from '../verify-store.ts'

/** Pause before each sample, in milliseconds. */
export const gapMs = 10
/** Samples at the beginning that are not counted. */
export const warmUp = 20

interface LatencyOutcome extends RoundOutcome {
  readonly startMs: readonly number[]
  readonly dispatchMs: readonly number[]
}

/** How the samples of a round are told when their handler starts. */
interface Starts {
  /** Resolves with the time from `sentAtNs` to the start of the handler. */
  next(n: number): Promise<number>
}

/**
 * An idle station; jobs are dispatched one at a time with a pause between them. The clock runs from the call of dispatch to the
 * first line of the handler, so the durable commit is in it; `dispatch_*` is that commit alone.
 */
export const latency: Scenario = async (options, ground) => {
  const samples = options.jobs ?? 500
  const rounds = options.rounds ?? 1
  const runRound = options.across ? runAcross : runInside
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, samples))
  const p50 = spreadOf(
    outcomes.map(({ startMs }) => percentile(startMs, 0.5)),
    3,
  )
  const p99 = spreadOf(
    outcomes.map(({ startMs }) => percentile(startMs, 0.99)),
    3,
  )
  const dispatchMs = outcomes.flatMap((outcome) => outcome.dispatchMs)
  return {
    figures: {
      samples,
      gap_ms: gapMs,
      across_processes: options.across,
      rounds,
      p50_ms: p50.median,
      p50_ms_min: p50.min,
      p50_ms_max: p50.max,
      p99_ms: p99.median,
      p99_ms_min: p99.min,
      p99_ms_max: p99.max,
      dispatch_p50_ms: round(percentile(dispatchMs, 0.5), 3),
      dispatch_p99_ms: round(percentile(dispatchMs, 0.99), 3),
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runInside(ground: BenchGround, samples: number): Promise<LatencyOutcome> {
  const store = await ground.makeStore()
  const starts = collectStarts()
  let executions = 0
  const job = probeJob(({ n, sentAtNs }) => {
    const startedAtNs = process.hrtime.bigint()
    executions++
    starts.started(n, Number(startedAtNs - BigInt(sentAtNs ?? '0')) / 1e6)
  })
  const stellwerk = await openBench(store, job)
  try {
    const station = await stellwerk.work({ concurrency: 10, stateDir: store.stateDir })
    const taken = await takeSamples(stellwerk, job, { samples, starts })
    await station.untilIdle()
    await station.stop()
    return await outcomeOf(stellwerk, store, { ...taken, executions })
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}

async function runAcross(ground: BenchGround, samples: number): Promise<LatencyOutcome> {
  const store = await ground.makeStore()
  const starts = collectStarts()
  const job = probeJob()
  const stellwerk = await openBench(store, job)
  const child = startBenchChild('station')
  child.onReport((report) => {
    const { n, ms } = report as { readonly n: number; readonly ms: number }
    starts.started(n, ms)
  })
  try {
    const { store: address, schema, stateDir } = store
    await child.ask({ order: 'start', store: address, schema, stateDir, concurrency: 10, handler: 'report' })
    const taken = await takeSamples(stellwerk, job, { samples, starts })
    await child.ask({ order: 'untilIdle' })
    const { executions } = await child.ask<{ readonly executions: number }>({ order: 'usage' })
    await child.ask({ order: 'stop' })
    return await outcomeOf(stellwerk, store, { ...taken, executions })
  } finally {
    await child.end()
    await stellwerk.close()
    await store.rows.close()
  }
}

interface Taken {
  readonly ids: readonly number[]
  readonly startMs: readonly number[]
  readonly dispatchMs: readonly number[]
}

async function takeSamples(
  stellwerk: Stellwerk,
  job: ProbeJob,
  { samples, starts }: { readonly samples: number; readonly starts: Starts },
): Promise<Taken> {
  const ids: number[] = []
  const startMs: number[] = []
  const dispatchMs: number[] = []
  for (let n = 0; n < warmUp + samples; n++) {
    await pause(gapMs)
    const started = starts.next(n)
    const sentAtNs = process.hrtime.bigint()
    const { id } = await stellwerk.dispatch(job, { n, sentAtNs: String(sentAtNs) })
    const committedMs = Number(process.hrtime.bigint() - sentAtNs) / 1e6
    ids.push(id)
    const ms = await started
    if (n < warmUp) continue
    startMs.push(ms)
    dispatchMs.push(committedMs)
  }
  return { ids, startMs, dispatchMs }
}

function collectStarts(): Starts & { started(n: number, ms: number): void } {
  const waiting = new Map<number, (ms: number) => void>()
  return {
    next: (n) => new Promise((resolve) => waiting.set(n, resolve)),
    started: (n, ms) => {
      waiting.get(n)?.(ms)
      waiting.delete(n)
    },
  }
}

async function outcomeOf(
  stellwerk: Stellwerk,
  store: BenchStore,
  { ids, startMs, dispatchMs, executions }: Taken & { readonly executions: number },
): Promise<LatencyOutcome> {
  const checks = await verifyDrained({ stellwerk, store, ids, executions })
  return { elapsedMs: 0, startMs, dispatchMs, checks, storeFacts: await store.rows.facts() }
}
