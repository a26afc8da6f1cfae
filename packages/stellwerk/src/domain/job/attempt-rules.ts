import { defaultBackoff, retryDelay } from './backoff.ts'
import type { FailureKind } from './failure.ts'
import type { AttemptRules, JobOverrides } from './job-options.ts'

/** What holds where nobody says otherwise: three tries, a minute each, exponential backoff. */
export const productRules: AttemptRules = {
  tries: 3,
  backoff: defaultBackoff,
  timeoutMs: 60_000,
  retryUntil: null,
  maxExceptions: null,
  memoryBytes: null,
  failOnTimeout: false,
}

/** A failed attempt, with the counters as they stood before it. */
export interface FailedAttempt {
  readonly rules: AttemptRules
  /** 1-based number of the attempt that failed. */
  readonly attempt: number
  readonly failures: number
  readonly exceptions: number
  readonly kind: FailureKind
  /** Whether the handler threw (and was not stopped from outside). */
  readonly threw: boolean
  /** Set by ctx.fail: no more retries, whatever the budget. */
  readonly noRetry: boolean
  /** Unix ms. */
  readonly now: number
  /** In [0, 1). */
  readonly random: number
}

/** What follows a failed attempt. */
export type FailureDecision = { readonly kind: 'retrying'; readonly delayMs: number } | { readonly kind: 'failed' }

const FAILED: FailureDecision = { kind: 'failed' }

/**
 * The rules of an attempt from layers in falling precedence: dispatch, definition, queue, pool; what none of them says is the product's.
 * `tries` and `retryUntil` are one choice: the first layer that names either decides, and within it retryUntil replaces tries.
 */
export function resolveRules(...layers: readonly JobOverrides[]): AttemptRules {
  const budget = layers.find((layer) => layer.retryUntil !== undefined || layer.tries !== undefined)
  const retryUntil = budget?.retryUntil ?? null
  const first = <K extends keyof JobOverrides>(key: K): JobOverrides[K] | undefined =>
    layers.find((layer) => layer[key] !== undefined)?.[key]
  return {
    tries: retryUntil === null ? (budget?.tries ?? productRules.tries) : Number.POSITIVE_INFINITY,
    backoff: first('backoff') ?? productRules.backoff,
    timeoutMs: first('timeoutMs') ?? productRules.timeoutMs,
    retryUntil,
    maxExceptions: first('maxExceptions') ?? productRules.maxExceptions,
    memoryBytes: first('memoryBytes') ?? productRules.memoryBytes,
    failOnTimeout: first('failOnTimeout') ?? productRules.failOnTimeout,
  }
}

/**
 * Whether a failed attempt is followed by another, and after how many ms. Failed for good are: what ctx.fail or failOnTimeout ends, a missed deadline,
 * the last of `tries`, the last of `maxExceptions` thrown errors, and an attempt whose successor would begin after `retryUntil`.
 */
export function decideFailure(failed: FailedAttempt): FailureDecision {
  if (failed.noRetry || failed.kind === 'deadline') return FAILED
  if (failed.kind === 'timeout' && failed.rules.failOnTimeout) return FAILED
  if (isBudgetSpent(failed)) return FAILED
  const delayMs = retryDelay(failed.attempt, failed.rules.backoff, failed.random)
  const { retryUntil } = failed.rules
  return retryUntil !== null && failed.now + delayMs > retryUntil ? FAILED : { kind: 'retrying', delayMs }
}

function isBudgetSpent({ rules, failures, exceptions, threw }: FailedAttempt): boolean {
  const exceptionsSpent = threw && rules.maxExceptions !== null && exceptions + 1 >= rules.maxExceptions
  return exceptionsSpent || (rules.retryUntil === null && failures + 1 >= rules.tries)
}
