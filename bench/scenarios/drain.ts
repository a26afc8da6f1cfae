import { fileURLToPath } from 'node:url'
import type { BenchGround } from '../bench-store.ts'
import { meterCpu } from '../cpu-cost.ts'
import { dispatchInChunks, openBench, probeJob } from '../probe-job.ts'
import { type RateOutcome, rateFigures } from '../rate-figures.ts'
import { runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { verifyDrained } from '../verify-store.ts'

/** What worker processes load. */
const workerJobs = fileURLToPath(new URL('../worker-jobs.ts', import.meta.url))

interface DrainWork {
  readonly count: number
  readonly chunk: number
  readonly concurrency: number
  readonly executor: 'inline' | 'process'
  readonly processes: number
}

/**
 * Everything is dispatched first; the clock runs from the start of a station in this process until every job is completed and
 * settled in the store.
 */
export const drain: Scenario = async (options, ground) => {
  const count = options.jobs ?? 50_000
  const rounds = options.rounds ?? 3
  const { chunk, concurrency, executor, processes } = options
  const work = { count, chunk, concurrency, executor, processes }
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, work))
  return {
    figures: {
      jobs: count,
      concurrency: options.concurrency,
      executor: options.executor,
      ...(options.executor === 'process' && { processes: options.processes }),
      rounds,
      ...rateFigures(count, outcomes),
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(ground: BenchGround, work: DrainWork): Promise<RateOutcome> {
  const store = await ground.makeStore()
  let executions = 0
  const job = probeJob(() => {
    executions++
  })
  const stellwerk = await openBench(store, job)
  try {
    const ids = await dispatchInChunks(stellwerk, job, work)
    const { concurrency, executor, processes } = work
    const cost = await meterCpu(store.rows)
    let start = performance.now()
    const starting = stellwerk.work({
      ...{ concurrency, stateDir: store.stateDir },
      ...(executor === 'process' && { executor, processes, modules: [workerJobs] }),
    })
    const station = await starting
    // Worker processes load before the first claim: that is no part of a drain.
    if (executor === 'process') start = performance.now()
    await station.untilIdle()
    const elapsedMs = performance.now() - start
    const cpu = cost()
    await station.stop()
    const counted = executor === 'process' ? {} : { executions }
    const checks = await verifyDrained({ stellwerk, store, ids, ...counted })
    return { elapsedMs, cpu, checks, storeFacts: await store.rows.facts() }
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}
