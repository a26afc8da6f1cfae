import type { Failure } from '../../domain/job/failure.ts'
import type { RunFacts } from '../../domain/metrics/won-run.ts'
import type { DeadLetters } from '../../domain/queue/dead-letters.ts'
import { numberArray, textArray } from './array-literals.ts'

/** What a settling statement returns: of each queue and type the 1-based ordinals of the outcomes that won, and the time they were given. */
export interface SettledGroup {
  readonly queue: string
  readonly type: string
  readonly ords: readonly number[]
  readonly at: number
  /** Where a statement says it: which state those outcomes left the job in. */
  readonly state?: string
}

/** Who settles, and under which queues it keeps what fails for good. */
export interface SettledBy {
  readonly stationId: string
  readonly deadLetters: DeadLetters
}

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647

/** Array parameters started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, tries, in this order. */
export function runArrays(outcomes: readonly (RunFacts & { readonly tries: number })[]): readonly string[] {
  return [
    numberArray(outcomes.map((outcome) => outcome.startedAt)),
    numberArray(outcomes.map((outcome) => outcome.waitMs)),
    numberArray(outcomes.map((outcome) => outcome.runMs)),
    numberArray(outcomes.map((outcome) => outcome.cpuMs)),
    numberArray(outcomes.map((outcome) => outcome.memoryBytes)),
    numberArray(outcomes.map((outcome) => outcome.memoryPeakBytes)),
    numberArray(outcomes.map((outcome) => Math.min(outcome.tries, maxInt))),
  ]
}

/** Array parameters kind, error_class, message, stack, causes (JSON text), in this order. */
export function failureArrays(failures: readonly Failure[]): readonly string[] {
  return [
    textArray(failures.map((failure) => failure.kind)),
    textArray(failures.map((failure) => failure.errorClass)),
    textArray(failures.map((failure) => failure.message)),
    textArray(failures.map((failure) => failure.stack)),
    textArray(failures.map((failure) => JSON.stringify(failure.causes))),
  ]
}
