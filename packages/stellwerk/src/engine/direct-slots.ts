import type { DirectOffer, DirectTaker } from '../client/direct-taker.ts'
import { type Deferred, deferred } from '../std/deferred.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { NewJob } from '../storage/dispatch-store.ts'

/** What direct slots need to know of their station. */
export interface DirectSlotsOptions {
  readonly mayRun: (job: NewJob) => boolean
  readonly stationId: () => string
  /** Slots for jobs that need not wait behind others: 0 while any may wait, and while the station may not claim. */
  readonly free: () => number
  readonly onTaken: (jobs: readonly ClaimedJob[]) => void
  /** The station may hold what nobody told it of. */
  readonly onDoubt: () => void
}

/**
 * Room of an idle station for jobs that its own process dispatches: they are inserted in its hands, which saves the second commit and the look at the lanes.
 * It offers itself only while nothing waits, so nobody is overtaken, and only while it is alone, so that no other station goes without its share.
 */
export class DirectSlots implements DirectTaker {
  readonly #options: DirectSlotsOptions
  #reserved = 0
  #open = 0
  #closed = false
  #isAlone = false
  #settled: Deferred<void> | undefined

  constructor(options: DirectSlotsOptions) {
    this.#options = options
  }

  /** Slots that are promised. */
  get reserved(): number {
    return this.#reserved
  }

  /** True while nothing is promised: what was, has come. */
  get isIdle(): boolean {
    return this.#open === 0
  }

  /** How many other stations live; unknown at first. */
  see(others: number): void {
    this.#isAlone = others === 0
  }

  offer(jobs: readonly NewJob[]): DirectOffer | undefined {
    const { free, stationId } = this.#options
    if (this.#closed || !this.#isAlone || jobs.length === 0 || jobs.length > free() - this.#reserved) return undefined
    if (!jobs.every((job) => this.#canStart(job))) return undefined
    this.#reserved += jobs.length
    this.#open++
    const id = stationId()
    const end = (): void => this.#end(jobs.length)
    return {
      stationId: id,
      take: (claimed) => {
        // A station that was declared dead meanwhile has another id, and its jobs are rescued.
        if (id === stationId()) this.#options.onTaken(claimed)
        end()
      },
      release: end,
      doubt: () => {
        end()
        this.#options.onDoubt()
      },
    }
  }

  /** Resolves when nothing is promised. */
  settled(): Promise<void> {
    if (this.#open === 0) return Promise.resolve()
    this.#settled ??= deferred()
    return this.#settled.promise
  }

  /** Promises nothing more; resolves when what was promised has come or not. */
  close(): Promise<void> {
    this.#closed = true
    return this.settled()
  }

  #canStart(job: NewJob): boolean {
    return job.runAt === null && job.delayMs <= 0 && this.#options.mayRun(job)
  }

  #end(slots: number): void {
    this.#reserved -= slots
    this.#open--
    if (this.#open > 0) return
    this.#settled?.resolve()
    this.#settled = undefined
  }
}
