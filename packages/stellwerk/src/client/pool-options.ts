import type { BackoffInput } from '../domain/job/backoff.ts'
import type { BalanceKind } from '../domain/worker/balance.ts'
import type { DurationInput } from './duration-input.ts'
import type { PriorityInput } from './job-settings.ts'

/** Slots that are kept for a priority and above: fewer than the pool has. */
export interface ReservedInput {
  readonly priority: PriorityInput
  readonly slots: number
}

/** A set of alike workers in a station. What is left out is as the station's own options say. */
export interface PoolOptions {
  /** Queues in strict order, or with weights; `*` = those that no other pool names. */
  readonly queues?: string | readonly string[] | Readonly<Record<string, number>>
  /** Handlers at a time in each process, 1 to 10,000. Default 10. */
  readonly concurrency?: number
  /** Worker processes. Default 1; where `min` is given, that. */
  readonly processes?: number
  /** Fewest processes that balancing and orders leave. Default 1, or `processes` where that is less. */
  readonly min?: number
  /** Most processes that balancing and orders may make. Default `processes`. */
  readonly max?: number
  /** How the pool divides itself over its queues. Default 'off'. */
  readonly balance?: BalanceKind
  /** Balance 'auto': more waiting jobs than this add a process. Default 20. */
  readonly scaleUpAt?: number
  /** Balance 'auto': fewer waiting jobs than this take one away. Default 5. */
  readonly scaleDownAt?: number
  /** Balance 'auto': between two changes. Default 300 s. */
  readonly cooldown?: DurationInput
  /** Memory beyond which a process is replaced, looked at between jobs and four times a second: a number is MB, 0 = no limit. Default 512. */
  readonly memory?: number | string
  /** A process is replaced after about so many jobs. */
  readonly maxJobs?: number
  /** A process is replaced after this long. */
  readonly maxTime?: DurationInput
  /** A process is replaced after so many thrown errors. */
  readonly maxExceptions?: number
  /** Pause of a process after each job. Default 0. */
  readonly rest?: DurationInput
  /** Runs these types alone. Default: all that have a handler. */
  readonly types?: readonly string[]
  /** Takes only jobs of this priority and above. */
  readonly minPriority?: PriorityInput
  /** Takes only members of batches. */
  readonly batchOnly?: boolean
  /** Slots of the pool, over all its processes, that only jobs of this priority and above may take. */
  readonly reserved?: ReservedInput
  /** Works through maintenance. Default false. */
  readonly force?: boolean
}

/** A pool among several: its rules for jobs whose definition and dispatch say nothing go before those of its station. */
export interface NamedPoolOptions extends PoolOptions {
  /** Time limit of an attempt, 0 = none. */
  readonly timeout?: DurationInput
  /** Attempts in all. */
  readonly tries?: number
  /** Pause before a retry. */
  readonly backoff?: BackoffInput
  /** Longest pause between two looks for work; a station looks as often as that of its pools that waits least. */
  readonly sleep?: DurationInput
}
