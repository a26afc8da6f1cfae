import type { Failure } from '../domain/job/failure.ts'
import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import type { RunFacts, WonRun } from '../domain/metrics/won-run.ts'
import type { DeadLetters } from '../domain/queue/dead-letters.ts'

interface Fenced {
  readonly id: number
  readonly claimSeq: number
  /** The worker that ran it; not given: nobody says. */
  readonly workerId?: string | null
}

/** T5. `result` is JSON text or null; queue and type are those of the claim, which never change while it holds. */
export interface CompletedOutcome extends Fenced, RunFacts {
  readonly kind: 'completed'
  readonly queue: string
  readonly type: string
  readonly tries: number
  readonly result: string | null
}

/** T6 to retrying: failures + 1 (exceptions + 1 where a handler threw), due `delayMs` from the database's now, with an attempt row. It ended by itself: no longer a suspect. */
export interface RetryingOutcome extends Fenced, RunFacts {
  readonly kind: 'retrying'
  readonly tries: number
  readonly threw: boolean
  readonly delayMs: number
  readonly failure: Failure
}

/** T6 to failed, for good: moves the row to failed_job with its attempt row; `hook` says that the type has a `failed` hook still to run. */
export interface FailedOutcome extends Fenced, RunFacts {
  readonly kind: 'failed'
  readonly tries: number
  readonly threw: boolean
  readonly failure: Failure
  readonly hook: boolean
}

/** T7: given back at shutdown or from the buffer; attempt restored, budgets, run-at, position and suspicion (`solo`) unchanged. */
export interface ReturnedOutcome extends Fenced {
  readonly kind: 'returned'
}

/** T7: back to scheduled, due `delayMs` from now (0 too); attempt restored, budgets unchanged. It ended by itself: no longer a suspect. */
export interface SnoozedOutcome extends Fenced {
  readonly kind: 'snoozed'
  readonly delayMs: number
}

/**
 * T8 by the station itself, which saw the worker die: back to pending. `counted`: crashes + 1, attempt kept, and failed for good (its hook due where there is one) when
 * the budget of crashes is gone. Else a suspect: attempt restored. `solo`: it runs alone next; a suspicion stays.
 */
export interface CrashedOutcome extends Fenced, RunFacts {
  readonly kind: 'crashed'
  readonly counted: boolean
  readonly solo: boolean
  readonly tries: number
  readonly failure: Failure
  readonly hook: boolean
}

/** T9 of a running job: to finished_job as cancelled. `failure` null: it had not begun, so no attempt row tells of it. */
export interface CancelledOutcome extends Fenced {
  readonly kind: 'cancelled'
  readonly tries: number
  readonly failure: Failure | null
  readonly startedAt: number | null
  readonly waitMs: number | null
  readonly runMs: number | null
  readonly cpuMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
}

/** How a claim ended. */
export type Outcome =
  | CompletedOutcome
  | RetryingOutcome
  | FailedOutcome
  | ReturnedOutcome
  | SnoozedOutcome
  | CrashedOutcome
  | CancelledOutcome

/** Lines of one attempt to append (SPEC J9): NDJSON without a trailing newline. A chunk that is there already may be written again: it holds the same lines. */
export interface LogAppend {
  readonly jobId: number
  readonly claimSeq: number
  readonly attempt: number
  /** Chunk number within the attempt, from 0; (jobId, claimSeq, chunk) is the key. */
  readonly chunk: number
  readonly lines: string
  /** Chunks below this number are dropped to keep the attempt within its cap. */
  readonly dropBelowChunk: number
}

/** The newest progress of a running job. */
export interface ProgressUpdate {
  readonly jobId: number
  readonly claimSeq: number
  /** 0 to 100. */
  readonly progress: number
  readonly note: string | null
}

/** One flush of the completer. */
export interface Settlement {
  readonly stationId: string
  readonly outcomes: readonly Outcome[]
  readonly logs: readonly LogAppend[]
  /** An earlier try of this very settlement may have been committed unseen: what it has recorded is not refused. */
  readonly isRepeated?: boolean
  /** Under which queues what fails for good is kept; figures and `metrics` go by the queue in which it ran. Not given: under its own. */
  readonly deadLetters?: DeadLetters
  /**
   * Called inside the transaction with what won and the database's now; returns the minute rows to write, whole (they replace what this station wrote before).
   * Pure and synchronous: a rolled-back transaction may call it again.
   */
  readonly metrics: (won: readonly WonRun[], at: number) => readonly MinuteMetric[]
}

/** What came of a flush. `refused` holds the outcomes whose guard found another claim (stale): drop them, abort their handlers. */
export interface SettleResult {
  readonly at: number
  readonly refused: readonly Outcome[]
  /** An earlier try had been committed after all, or may have been, its minute rows with it: `metrics` was not asked about what that one won. */
  readonly wasRecorded?: boolean
}

/** Role of a station that reports. */
export interface OutcomeStore {
  /**
   * Atomic: every outcome under its fence, history, attempt rows, tallies, metrics and logs in one transaction. Times and durations may have fractions,
   * which a store may round to the millisecond. A job that waits again has no station and no claim time. Of two outcomes for one claim one wins.
   */
  settle(settlement: Settlement): Promise<SettleResult>
  /** Atomic: logs and progress of jobs that still run. Progress of a stale claim is dropped silently. */
  recordLive(logs: readonly LogAppend[], progress: readonly ProgressUpdate[]): Promise<void>
}
