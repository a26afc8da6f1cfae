import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome, LogAppend, Outcome, ProgressUpdate } from '../storage/outcome-store.ts'

/** Jobs that one claim brought, with the monotonic time at which they arrived. */
export interface ClaimedBatch {
  readonly jobs: readonly ClaimedJob[]
  readonly receivedMs: number
}

/** A claimed job with the monotonic time of its arrival. */
export interface ArrivedJob {
  readonly job: ClaimedJob
  readonly receivedMs: number
}

/** What an executor tells its station. Calls may come synchronously from `start`. */
export interface ExecutorListener {
  /** The claim has ended this way. Comes once per job. */
  onOutcome(outcome: Outcome): void
  /** The handler has completed the claim in a transaction of its own: nothing is left to settle. Comes in place of an outcome. */
  onCompleted(outcome: CompletedOutcome): void
  /** A slot came free: there may be room for more. */
  onFree(): void
}

/** Lines and progress of running jobs that are not yet stored. */
export interface LiveRecords {
  readonly logs: readonly LogAppend[]
  readonly progress: readonly ProgressUpdate[]
}

/** Why running handlers are told to stop. */
export type AbortCause = 'shutdown' | 'lease_lost'

/** A claim by its job and fence. */
export interface ClaimRef {
  readonly id: number
  readonly claimSeq: number
}

/** Runs handlers: jobs in, outcomes out. */
export interface Executor {
  /** Slots without a handler; a slot stays taken until its handler has settled. */
  readonly free: number
  readonly running: number
  /** How many of those that run have this priority or a higher one. */
  runningFrom(priority: number): number
  /** Whether a solo job could start now. */
  readonly hasSoloRoom: boolean
  /** Starts at most `free` jobs. A solo job must be alone in its call, and only while there is room for one. */
  start(jobs: readonly ArrivedJob[]): void
  /** Aborts the handler of this claim; after the grace it ends as cancelled, whatever the handler does. False: it is not here. */
  cancel(claim: ClaimRef): boolean
  /** Ids of the claims that have no outcome yet. */
  openIds(): readonly number[]
  /** Takes what handlers wrote since the last call. */
  takeLive(): LiveRecords
  /** Aborts every signal. 'shutdown' ends each claim as returned; 'lease_lost' ends it without an outcome. Late results are ignored. Resolves when nothing of it runs that could be ended. */
  abandon(cause: AbortCause): Promise<void>
  /** Resolves when nothing runs, or when `signal` aborts. */
  untilEmpty(signal: AbortSignal): Promise<void>
  /** Ends timers and files; handlers that ignore their signal are left behind. */
  close(): void | Promise<void>
}
