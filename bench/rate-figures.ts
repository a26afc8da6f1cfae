import type { CpuCost } from './cpu-cost.ts'
import type { RoundOutcome } from './run-rounds.ts'
import type { Figure } from './scenario.ts'
import { spreadOf } from './statistics.ts'

/** A round whose pace is told. */
export interface RateOutcome extends RoundOutcome {
  readonly cpu: CpuCost
}

/** Jobs per second over the rounds (median, least and most), and what a job cost the processors: swings less than the clock where others share the machine. */
export function rateFigures(count: number, outcomes: readonly RateOutcome[]): Record<string, Figure> {
  const rate = spreadOf(outcomes.map(({ elapsedMs }) => (count / elapsedMs) * 1_000))
  const median = (of: (outcome: RateOutcome) => number): number => spreadOf(outcomes.map(of), 1).median
  return {
    jobs_per_second: rate.median,
    jobs_per_second_min: rate.min,
    jobs_per_second_max: rate.max,
    cpu_us_per_job: median(({ cpu }) => (cpu.ownMs * 1_000) / count),
    ...(outcomes.every(({ cpu }) => cpu.serverMs !== null) && {
      server_cpu_us_per_job: median(({ cpu }) => ((cpu.serverMs ?? 0) * 1_000) / count),
    }),
    cores_busy: median(({ cpu, elapsedMs }) => (cpu.ownMs + (cpu.serverMs ?? 0)) / elapsedMs),
  }
}
