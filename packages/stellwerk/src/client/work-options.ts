import type { BackoffInput } from '../domain/job/backoff.ts'
import type { RetentionKind } from '../domain/retention/retention.ts'
import type { DurationInput } from './duration-input.ts'
import type { JobDefaults, PriorityInput } from './job-settings.ts'

/** How a station in this process works. */
export interface WorkOptions {
  /** Handlers at a time, 1 to 10,000. Default 10. */
  readonly concurrency?: number
  /** Queues in strict order, or with weights; all where nothing is given. */
  readonly queues?: readonly string[] | Readonly<Record<string, number>>
  /** How long running handlers may go on after stop(). Default 30 s. */
  readonly grace?: DurationInput
  /** How long a handler may go on after its timeout aborted it. Default 10 s. */
  readonly timeoutGrace?: DurationInput
  /** Shown beside the station's id. */
  readonly label?: string
  /** Rules for jobs whose definition and dispatch say nothing. */
  readonly defaults?: Pick<JobDefaults, 'tries' | 'timeout'> & { readonly backoff?: BackoffInput }
  /** Where the running file is kept. Default `.stellwerk`. */
  readonly stateDir?: string
  /** How long a silent station keeps its jobs. Default 10 s; the same for all stations of a store. */
  readonly lease?: DurationInput
  /** Share of the claims that goes to the longest waiting, whatever their priority: 0 to 1, default 0.1. */
  readonly ageShare?: number
  /** How old a snapshot that anyone holds in this PostgreSQL database may grow before the station warns of it. Default 45 s. */
  readonly snapshotAlarm?: DurationInput
  /** How long rows are kept before this station removes them; null = for ever. Default: payloads 24 h, finished 30 d, failed null, minutes 48 h, hours 90 d, days 5 years. */
  readonly retention?: Readonly<Partial<Record<RetentionKind, DurationInput | null>>>
  /** Runs these types alone. Default: all that have a handler. */
  readonly types?: readonly string[]
  /** Takes only jobs of this priority and above. */
  readonly minPriority?: PriorityInput
  /** Takes only members of batches. */
  readonly batchOnly?: boolean
  /** Works through maintenance. Default false. */
  readonly force?: boolean
  /** Told of each claim, start and end; for `--verbose` and tests. Must not throw. */
  readonly onEvent?: (event: StationEvent) => void
}

/** What happened to a job in this station. */
export type StationEvent =
  | {
      readonly kind: 'claimed'
      readonly count: number
      readonly claims: readonly { readonly id: number; readonly claimSeq: number }[]
    }
  | {
      readonly kind: 'started'
      readonly id: number
      /** The claim's fence: it grows with each claim of the job. */
      readonly claimSeq: number
      readonly type: string
      readonly queue: string
      readonly attempt: number
    }
  | {
      readonly kind: 'ended'
      readonly id: number
      readonly claimSeq: number
      readonly outcome:
        | 'completed'
        | 'retrying'
        | 'failed'
        | 'returned'
        | 'snoozed'
        | 'crashed'
        | 'cancelled'
        | 'refused'
      readonly runMs: number | null
      readonly message: string | null
    }

/** A station that was started. */
export interface RunningStation {
  readonly id: string
  /** Gives back what has not started, waits the grace for what runs (`now`: not at all), gives the rest back too. Safe to repeat, also to hurry. */
  stop(options?: { readonly now?: boolean }): Promise<void>
  /** Resolves when it has stopped, whoever asked. */
  untilStopped(): Promise<void>
  /** Resolves when nothing is claimable, buffered, running or unsettled. For tests, demos and `--stop-when-empty`. */
  untilIdle(): Promise<void>
}
