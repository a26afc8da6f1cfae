import { checkDuration } from '../client/check-settings.ts'
import type { BackoffFunction } from '../client/job-settings.ts'
import { decideFailure } from '../domain/job/attempt-rules.ts'
import { toPayloadText } from '../domain/job/check-payload.ts'
import { describeFailure } from '../domain/job/describe-failure.ts'
import type { FailureKind } from '../domain/job/failure.ts'
import type { RunFacts } from '../domain/metrics/won-run.ts'
import { monotonicMs } from '../std/monotonic.ts'
import type { CancelledOutcome, CompletedOutcome, Outcome } from '../storage/outcome-store.ts'
import type { Attempt } from './attempt.ts'
import type { ResourceSample } from './resource-meter.ts'
import { stopError } from './stop-error.ts'

/** A result beyond this is not kept; the job is completed all the same. */
export const maxResultBytes = 262_144

/** How an attempt failed: `threw` where the handler's own error ended it. */
export interface AttemptFailure {
  readonly kind: FailureKind
  readonly thrown: unknown
  readonly threw: boolean
  /** ctx.fail: no more retries. */
  readonly final: boolean
}

/** T5 of a handler that returned. A result that cannot be kept is left out with a line in the job's log, since its work is done. */
export function completedOutcome(attempt: Attempt, returned: unknown, sample: ResourceSample): CompletedOutcome {
  const { job, rules } = attempt.start
  const result = returned === undefined ? null : resultText(attempt, returned)
  return {
    kind: 'completed',
    queue: job.queue,
    type: job.type,
    id: job.id,
    claimSeq: job.claimSeq,
    workerId: attempt.start.workerId ?? null,
    tries: shownTries(rules.tries, job.tries),
    result,
    ...runFacts(attempt, sample),
  }
}

/** T6 of an attempt that failed: retrying or failed, as the rules of the type and the dispatch say. */
export function failureOutcome(attempt: Attempt, failure: AttemptFailure, sample: ResourceSample): Outcome {
  const { job, rules, definition } = attempt.start
  const described = describeFailure(failure.thrown, failure.kind)
  const facts = runFacts(attempt, sample)
  const decision = decideFailure({
    rules,
    attempt: job.failures + 1,
    failures: job.failures,
    exceptions: job.exceptions,
    kind: failure.kind,
    threw: failure.threw,
    noRetry: failure.final,
    now: facts.startedAt + facts.runMs,
    random: Math.random(),
  })
  const shared = {
    id: job.id,
    claimSeq: job.claimSeq,
    workerId: attempt.start.workerId ?? null,
    tries: shownTries(rules.tries, job.tries),
    threw: failure.threw,
    failure: described,
    ...facts,
  }
  if (decision.kind === 'failed') return { kind: 'failed', hook: definition?.failed != null, ...shared }
  return { kind: 'retrying', delayMs: chosenDelay(attempt, failure.thrown, decision.delayMs), ...shared }
}

/** T9 of an attempt that somebody cancelled while it ran. */
export function cancelledOutcome(attempt: Attempt, sample: ResourceSample): CancelledOutcome {
  const { job, rules } = attempt.start
  return {
    kind: 'cancelled',
    id: job.id,
    claimSeq: job.claimSeq,
    workerId: attempt.start.workerId ?? null,
    tries: shownTries(rules.tries, job.tries),
    failure: describeFailure(stopError(attempt, 'cancelled'), 'cancelled'),
    ...runFacts(attempt, sample),
  }
}

function chosenDelay(attempt: Attempt, thrown: unknown, decidedMs: number): number {
  const { definition, job } = attempt.start
  const backoff = definition?.defaults.backoff
  if (typeof backoff !== 'function' || job.options?.includes('"backoff"') === true) return decidedMs
  return computedDelay(attempt, backoff, { thrown, decidedMs })
}

function computedDelay(
  attempt: Attempt,
  backoff: BackoffFunction,
  { thrown, decidedMs }: { thrown: unknown; decidedMs: number },
): number {
  try {
    return checkDuration('backoff', backoff(attempt.start.job.failures + 1, thrown))
  } catch (error) {
    const { message } = describeFailure(error)
    attempt.log.add({
      at: attempt.atOf(monotonicMs()),
      kind: 'log',
      level: 'error',
      message: `the backoff function failed, the default pause is used: ${message}`,
    })
    return decidedMs
  }
}

function runFacts(attempt: Attempt, sample: ResourceSample): RunFacts {
  const { job, startedMs, sample: before } = attempt.start
  const startedAt = attempt.atOf(startedMs)
  return {
    startedAt,
    waitMs: Math.max(0, startedAt - job.runAt),
    runMs: roundMs(monotonicMs() - startedMs),
    cpuMs: roundMs(sample.cpuMs - before.cpuMs),
    memoryBytes: sample.memoryBytes,
    memoryPeakBytes: Math.max(attempt.peakBytes, sample.memoryBytes),
  }
}

function resultText(attempt: Attempt, returned: unknown): string | null {
  try {
    return toPayloadText(returned, { maxBytes: maxResultBytes })
  } catch (error) {
    const { message } = describeFailure(error)
    attempt.log.add({
      at: attempt.atOf(monotonicMs()),
      kind: 'log',
      level: 'warn',
      message: `the result was not kept: ${message}`,
    })
    return null
  }
}

function shownTries(ruled: number, dispatched: number): number {
  return Number.isFinite(ruled) ? ruled : dispatched
}

function roundMs(ms: number): number {
  return Math.round(ms)
}
