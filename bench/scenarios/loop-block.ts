import type { BenchGround, BenchStore } from '../bench-store.ts'
import { type BenchChild, startBenchChild } from '../child-process.ts'
import { dispatchInChunks, openBench, probeJob } from '../probe-job.ts'
import type { ApplicationReport } from '../processes/application.ts'
import { type RoundOutcome, runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { percentile, round, spreadOf } from '../statistics.ts'
import { verifyDrained } from '../verify-store.ts'

const everyMs = 10

interface BlockOutcome extends RoundOutcome {
  readonly application: ApplicationReport
}

/** An application process dispatches one job every 10 ms while a station in another process drains the same store. */
export const loopBlock: Scenario = async (options, ground) => {
  const count = options.jobs ?? 200_000
  const rounds = options.rounds ?? 1
  const work = { count, chunk: options.chunk, concurrency: options.concurrency }
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, work))
  const longest = spreadOf(
    outcomes.map(({ application }) => application.blockMaxMs),
    2,
  )
  const p99 = spreadOf(
    outcomes.map(({ application }) => application.blockP99Ms),
    2,
  )
  const dispatchMs = outcomes.flatMap(({ application }) => application.dispatchMs)
  return {
    figures: {
      jobs: count,
      dispatch_every_ms: everyMs,
      dispatched_beside: dispatchMs.length,
      rounds,
      drain_ms: spreadOf(outcomes.map(({ elapsedMs }) => elapsedMs)).median,
      block_max_ms: longest.max,
      block_max_ms_median: longest.median,
      block_p99_ms: p99.median,
      dispatch_p50_ms: round(percentile(dispatchMs, 0.5), 2),
      dispatch_p99_ms: round(percentile(dispatchMs, 0.99), 2),
      dispatch_max_ms: round(percentile(dispatchMs, 1), 2),
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(
  ground: BenchGround,
  work: { readonly count: number; readonly chunk: number; readonly concurrency: number },
): Promise<BlockOutcome> {
  const store = await ground.makeStore()
  const job = probeJob()
  const stellwerk = await openBench(store, job)
  const children = { application: startBenchChild('application'), station: startBenchChild('station') }
  try {
    const ids = await dispatchInChunks(stellwerk, job, work)
    const run = await drainBeside(store, children, { concurrency: work.concurrency, waiting: ids.length })
    const checks = await verifyDrained({
      stellwerk,
      store,
      ids: [...ids, ...run.application.ids],
      executions: run.executions,
    })
    return {
      elapsedMs: run.elapsedMs,
      application: run.application,
      checks: { ...checks, no_dispatch_failed: run.application.failures.length === 0 },
      storeFacts: await store.rows.facts(),
    }
  } finally {
    await children.application.end()
    await children.station.end()
    await stellwerk.close()
    await store.rows.close()
  }
}

async function drainBeside(
  { store, schema, stateDir }: BenchStore,
  { application, station }: { readonly application: BenchChild; readonly station: BenchChild },
  { concurrency, waiting }: { readonly concurrency: number; readonly waiting: number },
): Promise<{ readonly elapsedMs: number; readonly application: ApplicationReport; readonly executions: number }> {
  await application.ask({ order: 'open', store, schema })
  await application.ask({ order: 'begin', everyMs })
  const start = performance.now()
  await station.ask({ order: 'start', store, schema, stateDir, concurrency, handler: 'noop' })
  // Jobs keep coming, so the station is never idle for long: what waited is drained when as many were run.
  await station.ask({ order: 'untilExecuted', count: waiting })
  const elapsedMs = performance.now() - start
  const report = await application.ask<ApplicationReport>({ order: 'end' })
  await station.ask({ order: 'untilIdle' })
  const { executions } = await station.ask<{ readonly executions: number }>({ order: 'usage' })
  await station.ask({ order: 'stop' })
  await application.ask({ order: 'close' })
  return { elapsedMs, application: report, executions }
}
