import { fileURLToPath } from 'node:url'
import type { BenchGround } from '../bench-store.ts'
import { dispatchInChunks, openBench, probeJob } from '../probe-job.ts'
import { rateFigures } from '../rate-figures.ts'
import { type RoundOutcome, runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { spreadOf } from '../statistics.ts'
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

interface DrainOutcome extends RoundOutcome {
  /** CPU time of this process, all its threads, for each job: swings less than the clock where others share the machine. */
  readonly cpuUsPerJob: number
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
      cpu_us_per_job: spreadOf(
        outcomes.map(({ cpuUsPerJob }) => cpuUsPerJob),
        1,
      ).median,
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(ground: BenchGround, work: DrainWork): Promise<DrainOutcome> {
  const store = await ground.makeStore()
  let executions = 0
  const job = probeJob(() => {
    executions++
  })
  const stellwerk = await openBench(store, job)
  try {
    const ids = await dispatchInChunks(stellwerk, job, work)
    const { concurrency, executor, processes } = work
    const cpu = process.cpuUsage()
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
    const { system, user } = process.cpuUsage(cpu)
    await station.stop()
    const counted = executor === 'process' ? {} : { executions }
    const checks = await verifyDrained({ stellwerk, store, ids, ...counted })
    return { elapsedMs, cpuUsPerJob: (system + user) / work.count, checks, storeFacts: await store.rows.facts() }
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}
