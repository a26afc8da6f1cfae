import type { AnyJobDefinition } from '../client/job-definition.ts'
import type { AttemptRules } from '../domain/job/job-options.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome, ProgressUpdate } from '../storage/outcome-store.ts'
import { AttemptLog } from './attempt-log.ts'
import type { ResourceSample } from './resource-meter.ts'

/** How a handler asked to end its own run. */
export type Verdict =
  | { readonly kind: 'snooze'; readonly delayMs: number }
  | { readonly kind: 'fail'; readonly error: unknown }

/** Why an attempt was told to end before its handler did. */
export type StopCause = 'timeout' | 'memory' | 'cancelled'

/** What starts an attempt. */
export interface AttemptStart {
  readonly job: ClaimedJob
  readonly definition: AnyJobDefinition | undefined
  readonly rules: AttemptRules
  readonly slot: number
  /** Monotonic ms at which the claim arrived here. */
  readonly receivedMs: number
  readonly startedMs: number
  readonly sample: ResourceSample
  /** What the run has cost up to now. */
  readonly sampleNow: () => ResourceSample
  readonly workerId?: string | undefined
}

/** One run of one job in this process, from its start to the moment its handler has settled. */
export class Attempt {
  readonly start: AttemptStart
  /** Set once its outcome was given; whatever the handler does later is ignored. */
  ended = false
  stopped: StopCause | null = null
  /** Set when the handler's own code is reached: what fails before is the payload's or the type's doing. */
  inHandler = false
  verdict: Verdict | null = null
  /** The completion that the handler put into a transaction of its own, as long as nobody knows what became of that. */
  completion: CompletedOutcome | null = null
  peakBytes: number
  #controller: AbortController | undefined
  #log: AttemptLog | undefined
  #progress: ProgressUpdate | undefined

  constructor(start: AttemptStart) {
    this.start = start
    this.peakBytes = start.sample.memoryBytes
  }

  /** Unix ms on the database's clock, for a monotonic time of this process. */
  atOf(monotonic: number): number {
    const { job, receivedMs } = this.start
    return Math.round(job.claimedAt + (monotonic - receivedMs))
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  abort(reason: Error): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(reason)
  }

  get log(): AttemptLog {
    const { id, claimSeq, attempt } = this.start.job
    this.#log ??= new AttemptLog({ jobId: id, claimSeq, attempt })
    return this.#log
  }

  /** The log, where the handler wrote one. */
  get writtenLog(): AttemptLog | undefined {
    return this.#log
  }

  setProgress(progress: number, note: string | null): void {
    const { id, claimSeq } = this.start.job
    this.#progress = { jobId: id, claimSeq, progress, note }
  }

  /** The newest progress that was not taken. */
  get pendingProgress(): ProgressUpdate | undefined {
    return this.#progress
  }

  /** The newest progress since the last call; none while a completion is open, since the row is not ours to write then. */
  takeProgress(): ProgressUpdate | undefined {
    if (this.completion !== null) return undefined
    const progress = this.#progress
    this.#progress = undefined
    return progress
  }
}
