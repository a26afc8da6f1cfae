import type { RoundOutcome } from './run-rounds.ts'
import type { Figure } from './scenario.ts'
import { spreadOf } from './statistics.ts'

/** Jobs per second over the rounds: median, least and most. */
export function rateFigures(count: number, outcomes: readonly RoundOutcome[]): Record<string, Figure> {
  const rate = spreadOf(outcomes.map(({ elapsedMs }) => (count / elapsedMs) * 1_000))
  return { jobs_per_second: rate.median, jobs_per_second_min: rate.min, jobs_per_second_max: rate.max }
}
