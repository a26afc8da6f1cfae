import type { BenchGround } from '../bench-store.ts'
import { meterCpu } from '../cpu-cost.ts'
import { dispatchInChunks, openBench, probeJob } from '../probe-job.ts'
import { type RateOutcome, rateFigures } from '../rate-figures.ts'
import { runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { verifyWaiting } from '../verify-store.ts'

/** One caller dispatches everything by dispatchMany, one durable statement for each chunk, one after the other. */
export const enqueueBulk: Scenario = async (options, ground) => {
  const count = options.jobs ?? 50_000
  const rounds = options.rounds ?? 5
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, { count, chunk: options.chunk }))
  return {
    figures: { jobs: count, chunk: options.chunk, rounds, ...rateFigures(count, outcomes) },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(
  ground: BenchGround,
  work: { readonly count: number; readonly chunk: number },
): Promise<RateOutcome> {
  const store = await ground.makeStore()
  const job = probeJob()
  const stellwerk = await openBench(store, job)
  try {
    const cost = await meterCpu(store.rows)
    const start = performance.now()
    const ids = await dispatchInChunks(stellwerk, job, work)
    const elapsedMs = performance.now() - start
    const cpu = cost()
    const checks = await verifyWaiting(stellwerk, store, ids)
    return { elapsedMs, cpu, checks, storeFacts: await store.rows.facts() }
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}
