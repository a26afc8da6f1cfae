import type { BackoffInput } from '../domain/job/backoff.ts'
import type { DurationInput } from './duration-input.ts'

/** 'low' -10, 'normal' 0, 'high' 10, 'critical' 20, or an integer from -100 to 100; higher goes first. */
export type PriorityInput = number | 'low' | 'normal' | 'high' | 'critical'

/** A pause computed in the worker: after `attempt` (1-based) failed with `error`. */
export type BackoffFunction = (attempt: number, error: unknown) => DurationInput

/** Retry rules that a definition sets and a dispatch may override. */
export interface RetrySettings {
  /** Attempts in all, 1 or more. Default 3. */
  readonly tries?: number
  readonly timeout?: DurationInput
  /** Fails for good on a timeout, whatever tries are left. */
  readonly failOnTimeout?: boolean
  /** Thrown errors allowed, apart from timeouts and crashes. */
  readonly maxExceptions?: number
  /** Deaths of the process while this job ran alone, before it fails for good. Default 3. */
  readonly maxCrashes?: number
}

/** Defaults of a job type. */
export interface JobDefaults extends RetrySettings {
  readonly queue?: string
  /** The queue under which its jobs are kept once they have failed for good, until a retry puts them back into their own. */
  readonly deadLetter?: string
  readonly priority?: PriorityInput
  /** One unit brings the job one second forward within its priority. */
  readonly weight?: number
  readonly backoff?: BackoffInput | BackoffFunction
  /** Memory of its process beyond which an attempt fails with kind memory: a number is MB. Exact in a process that runs one handler at a time. */
  readonly memory?: number | string
  /** Tries until this long after the dispatch; replaces `tries`. */
  readonly retryFor?: DurationInput
}

/** What one dispatch sets or overrides. */
export interface DispatchOptions extends RetrySettings {
  readonly queue?: string
  readonly priority?: PriorityInput
  readonly weight?: number
  readonly backoff?: BackoffInput
  /** From now; not together with `runAt`. */
  readonly delay?: DurationInput
  readonly runAt?: Date | number | string
  /** Tries until then; replaces `tries`. */
  readonly retryUntil?: Date | number | string
  /** Id of the job that this one belongs to. */
  readonly parent?: number
  /** UUID of the command run it belongs to. */
  readonly run?: string
}
