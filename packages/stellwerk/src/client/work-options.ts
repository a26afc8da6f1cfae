import type { BackoffInput } from '../domain/job/backoff.ts'
import type { RetentionKind } from '../domain/retention/retention.ts'
import type { DurationInput } from './duration-input.ts'
import type { JobDefaults } from './job-settings.ts'
import type { NamedPoolOptions, PoolOptions } from './pool-options.ts'

/** How a station in this process works. */
export interface WorkOptions extends PoolOptions {
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
  /** The queue under which jobs of a queue are kept once they have failed for good: `{ emails: 'emails-dead', '*': 'dead' }`. A definition's `deadLetter` goes before it. */
  readonly deadLetters?: Readonly<Record<string, string>>
  /** How long rows are kept before this station removes them; null = for ever. Default: payloads 24 h, finished 30 d, failed null, minutes 48 h, hours 90 d, days 5 years. */
  readonly retention?: Readonly<Partial<Record<RetentionKind, DurationInput | null>>>
  /** 'process': handlers run in worker processes, which load `modules`. Default 'inline': in this process. */
  readonly executor?: 'inline' | 'process'
  /** Modules that export job definitions, absolute paths; for worker processes. */
  readonly modules?: readonly string[]
  /** How worker processes load TypeScript. Default 'native'. */
  readonly loader?: 'native' | 'tsx'
  /** Several pools, by name; for worker processes. Default: one, named 'default', of these options. */
  readonly pools?: Readonly<Record<string, NamedPoolOptions>>
  /** Longest pause between two looks for work; it never delays a wake-up. Default 3 s. */
  readonly sleep?: DurationInput
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
      /** As it is stored, JSON, with all its secrets. */
      readonly payload: string
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
      /** What the run has cost; null where no handler ran to an end. */
      readonly figures: RunFigures | null
    }

/** What one run has cost: ms waited since it was due, ms of the handler, ms of CPU, bytes of the process at its end and at most. */
export interface RunFigures {
  readonly waitMs: number
  readonly runMs: number
  readonly cpuMs: number
  readonly memoryBytes: number
  readonly memoryPeakBytes: number
}

/** A station that was started. */
export interface RunningStation {
  readonly id: string
  /** Gives back what has not started, waits the grace for what runs (`now`: not at all), gives the rest back too. Safe to repeat, also to hurry. */
  stop(options?: { readonly now?: boolean }): Promise<void>
  /** Passes a word on to all its workers. 'restart' replaces each by a successor; false where that cannot be: handlers run in this very process. */
  tell(word: 'restart' | 'pause' | 'resume'): Promise<boolean>
  /** Whether somebody told it from afar to stop, by an order. */
  readonly isDismissed: boolean
  /** Resolves when it has stopped, whoever asked. */
  untilStopped(): Promise<void>
  /** Resolves when nothing is claimable, buffered, running or unsettled. For tests, demos and `--stop-when-empty`. */
  untilIdle(): Promise<void>
}
