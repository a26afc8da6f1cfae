import type { Stellwerk } from 'stellwerk'
import type { BenchGround } from '../bench-store.ts'
import { meterCpu } from '../cpu-cost.ts'
import { openBench, type ProbeJob, probeJob } from '../probe-job.ts'
import { type RateOutcome, rateFigures } from '../rate-figures.ts'
import { runRounds } from '../run-rounds.ts'
import type { Scenario } from '../scenario.ts'
import { percentile, round } from '../statistics.ts'
import { verifyWaiting } from '../verify-store.ts'

interface SingleOutcome extends RateOutcome {
  readonly latenciesMs: readonly number[]
}

/** Callers side by side, each awaiting one durable dispatch before the next. */
export const enqueueSingle: Scenario = async (options, ground) => {
  const count = options.jobs ?? 50_000
  const rounds = options.rounds ?? 5
  const { callers } = options
  const { outcomes, storeFacts } = await runRounds(rounds, () => runRound(ground, { count, callers }))
  const latenciesMs = outcomes.flatMap((outcome) => outcome.latenciesMs)
  return {
    figures: {
      jobs: count,
      callers,
      rounds,
      ...rateFigures(count, outcomes),
      dispatch_p50_ms: round(percentile(latenciesMs, 0.5), 3),
      dispatch_p99_ms: round(percentile(latenciesMs, 0.99), 3),
    },
    checks: outcomes.map(({ checks }) => checks),
    storeFacts,
  }
}

async function runRound(
  ground: BenchGround,
  work: { readonly count: number; readonly callers: number },
): Promise<SingleOutcome> {
  const store = await ground.makeStore()
  const job = probeJob()
  const stellwerk = await openBench(store, job)
  try {
    const cost = await meterCpu(store.rows)
    const start = performance.now()
    const { ids, latenciesMs } = await dispatchByCallers(stellwerk, job, work)
    const elapsedMs = performance.now() - start
    const cpu = cost()
    const checks = await verifyWaiting(stellwerk, store, ids)
    return { elapsedMs, cpu, latenciesMs, checks, storeFacts: await store.rows.facts() }
  } finally {
    await stellwerk.close()
    await store.rows.close()
  }
}

async function dispatchByCallers(
  stellwerk: Stellwerk,
  job: ProbeJob,
  { count, callers }: { readonly count: number; readonly callers: number },
): Promise<{ readonly ids: readonly number[]; readonly latenciesMs: readonly number[] }> {
  const ids: number[] = []
  const latenciesMs: number[] = []
  let next = 0
  const call = async (): Promise<void> => {
    while (next < count) {
      const start = performance.now()
      const { id } = await stellwerk.dispatch(job, { n: next++ })
      latenciesMs.push(performance.now() - start)
      ids.push(id)
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  return { ids, latenciesMs }
}
