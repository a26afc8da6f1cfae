import { MinuteMeter } from '../domain/metrics/minute-meter.ts'
import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import type { CompletedOutcome } from './outcome-store.ts'

/**
 * The minute row of one job that is completed in the application's transaction, at `at` (Unix ms). Its key names the claim in place of a station, so that it is only
 * ever inserted, no other transaction shares it, and it is there exactly when the completion is. Readers add up the rows of a minute. Pure.
 */
export function completionMinutes(outcome: CompletedOutcome, at: number): readonly MinuteMetric[] {
  const meter = new MinuteMeter(`claim:${outcome.id}:${outcome.claimSeq}`)
  return meter.stage([{ ...outcome, outcome: 'completed' }], at)
}
