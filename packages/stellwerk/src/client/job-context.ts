import type { Failure } from '../domain/job/failure.ts'
import type { LogFields, LogLevel } from '../std/log.ts'
import type { Transaction } from '../storage/transaction.ts'
import type { DispatchArguments } from './dispatch-arguments.ts'
import type { DispatchedJob } from './dispatched-job.ts'
import type { DurationInput } from './duration-input.ts'
import type { InTransaction } from './in-transaction.ts'
import type { DispatchOptions } from './job-settings.ts'

/** The job a handler works on. Times in Unix ms. */
export interface ContextJob {
  readonly id: number
  readonly uuid: string
  readonly type: string
  readonly queue: string
  readonly priority: number
  readonly createdAt: number
  readonly runAt: number
  readonly parentId: number | null
  readonly runId: string | null
}

/** Lines kept with the attempt and seen live, at most 256 KiB per attempt (the oldest are dropped with a mark). */
export interface JobLog {
  log(level: LogLevel, message: string, fields?: LogFields): void
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** The part of a definition that a dispatch needs. */
export interface Dispatchable<Input> {
  readonly name: string
  with(payload: Input, options?: DispatchOptions): unknown
}

/** What a handler is given beside its payload. */
export interface JobContext {
  readonly job: ContextJob
  /** 1 for the first. */
  readonly attempt: number
  /** Aborts on timeout, cancellation, shutdown past the grace and a lost lease; the reason says which. */
  readonly signal: AbortSignal
  readonly log: JobLog
  /** The same text for every attempt of this job: give it to remote interfaces that accept one. It is the job's uuid. */
  readonly idempotencyKey: string
  /** Grows with every claim: store it beside what you write, and refuse a lower one. */
  readonly fence: number
  /** Reports 0 to 100 and a note; the newest wins. @throws OPTION_INVALID outside the range */
  progress(percent: number, note?: string): void
  /** Records an event with data, the time, and the memory of the process then and at most. */
  trace(event: string, data?: unknown): void
  /** Ends this run now and puts the job back for `delay`; burns no attempt. Throws to leave the handler: let it pass. */
  snooze(delay: DurationInput): never
  /** Fails the job for good, whatever tries it has left. Throws to leave the handler: let it pass. */
  fail(reason: string | Error): never
  /** Dispatches a child, linked to this job; with `tx` in a transaction of yours. @throws as Stellwerk.dispatch */
  dispatch<Input>(
    definition: Dispatchable<Input>,
    ...given: DispatchArguments<Input, DispatchOptions & Partial<InTransaction>>
  ): Promise<DispatchedJob>
  /**
   * Completes this job in your own transaction: your writes, the completion and `result` are committed together or not at all, so the job takes effect once.
   * What the handler returns afterwards is ignored. A handler that returns without the transaction having been committed fails the attempt.
   * @throws CLAIM_LOST when the job is no longer this attempt's: roll back; TRANSACTION_INVALID
   */
  completeIn(tx: Transaction, result?: unknown): Promise<void>
}

/** What the `failed` hook of a job type is given: it runs when the job has failed for good, and again where its process died in it. */
export interface FailedContext {
  readonly job: ContextJob
  readonly attempt: number
  readonly failure: Failure
  readonly log: JobLog
}
