import { monotonicMs } from '../std/monotonic.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import type { LeaveReason, WorkerLimits } from './messages.ts'

/** Sees when a worker has done, run, failed or grown enough, and says so once. */
export class LeaveWatch {
  readonly #limits: WorkerLimits
  readonly #onReason: (reason: LeaveReason) => void
  readonly #startedMs = monotonicMs()
  #jobs = 0
  #exceptions = 0
  #reason: LeaveReason | null = null

  constructor(limits: WorkerLimits, onReason: (reason: LeaveReason) => void) {
    this.#limits = limits
    this.#onReason = onReason
  }

  /** Why the worker is to be replaced; null: it may stay. */
  get reason(): LeaveReason | null {
    return this.#reason
  }

  /** An attempt has ended. */
  note(outcome: Outcome): void {
    if (outcome.kind === 'returned') return
    const { memoryBytes, maxJobs, maxExceptions } = this.#limits
    this.#jobs++
    if ('threw' in outcome && outcome.threw) this.#exceptions++
    if (maxJobs !== null && this.#jobs >= maxJobs) this.#decide('maxJobs')
    if (maxExceptions !== null && this.#exceptions >= maxExceptions) this.#decide('maxExceptions')
    if (memoryBytes !== null && 'memoryBytes' in outcome && (outcome.memoryBytes ?? 0) > memoryBytes)
      this.#decide('memory')
  }

  /** A sample between jobs and beside them. */
  look(): void {
    const { memoryBytes, maxTimeMs } = this.#limits
    if (memoryBytes !== null && process.memoryUsage.rss() > memoryBytes) this.#decide('memory')
    if (maxTimeMs !== null && monotonicMs() - this.#startedMs >= maxTimeMs) this.#decide('maxTime')
  }

  #decide(reason: LeaveReason): void {
    if (this.#reason !== null) return
    this.#reason = reason
    this.#onReason(reason)
  }
}
