import { monotonicMs } from '../std/monotonic.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { ArrivedJob, ClaimedBatch, ClaimRef } from './executor.ts'

/** Jobs held ready are what starts within this span at the measured pace. */
const aheadMs = 100
/** More is never held, however fast the handlers are. */
const maxHeld = 2_000
/** The pace is measured over about this span. */
const paceMs = 250

/**
 * Claimed jobs that have not started, in claiming order. How many it wants follows the pace at which jobs start, so that a crash or a
 * stop finds little to give back and a fast handler never waits for a claim.
 */
export class ClaimBuffer {
  readonly #now: () => number
  #batches: { readonly batch: ClaimedBatch; next: number }[] = []
  #held = 0
  #started = 0
  #windowMs: number
  #perMs = 0

  /** `now` is a monotonic clock in ms. */
  constructor(now: () => number = monotonicMs) {
    this.#now = now
    this.#windowMs = now()
  }

  get held(): number {
    return this.#held
  }

  /** Jobs to claim now: 0 while at least half of the target is held. `free` counts idle slots. */
  wanted(free: number): number {
    this.#measure()
    const target = Math.min(maxHeld, Math.ceil(this.#perMs * aheadMs))
    return this.#held > target / 2 && this.#held >= free ? 0 : Math.max(0, Math.max(target, free) - this.#held)
  }

  add(batch: ClaimedBatch): void {
    if (batch.jobs.length === 0) return
    this.#batches.push({ batch, next: 0 })
    this.#held += batch.jobs.length
  }

  /** Up to `free` jobs to start now. A solo job comes alone, and only when `running` is 0. */
  take(free: number, running: number): readonly ArrivedJob[] {
    const taken: ArrivedJob[] = []
    while (taken.length < free) {
      const first = this.#batches[0]
      const job = first?.batch.jobs[first.next]
      if (first === undefined || job === undefined) break
      if (job.solo && (running > 0 || taken.length > 0)) break
      taken.push({ job, receivedMs: first.batch.receivedMs })
      first.next++
      if (first.next === first.batch.jobs.length) this.#batches.shift()
      if (job.solo) break
    }
    this.#held -= taken.length
    this.#started += taken.length
    return taken
  }

  /** Takes one job out, wherever it stands; undefined: it is not here. */
  remove({ id, claimSeq }: ClaimRef): ClaimedJob | undefined {
    for (const held of this.#batches) {
      const at = held.batch.jobs.findIndex((job, index) => index >= held.next && job.id === id)
      const job = held.batch.jobs[at]
      if (job?.claimSeq !== claimSeq) continue
      const jobs = held.batch.jobs.toSpliced(at, 1)
      const place = this.#batches.indexOf(held)
      if (jobs.length === held.next) this.#batches.splice(place, 1)
      else this.#batches[place] = { batch: { ...held.batch, jobs }, next: held.next }
      this.#held--
      return job
    }
    return undefined
  }

  ids(): readonly number[] {
    return this.#batches.flatMap(({ batch, next }) => batch.jobs.slice(next).map((job) => job.id))
  }

  /** Empties the buffer: what never started. */
  drain(): readonly ClaimedJob[] {
    const rest = this.#batches.flatMap(({ batch, next }) => batch.jobs.slice(next))
    this.#batches = []
    this.#held = 0
    return rest
  }

  #measure(): void {
    const elapsed = this.#now() - this.#windowMs
    if (elapsed < 10) return
    const keep = Math.exp(-elapsed / paceMs)
    this.#perMs = this.#perMs * keep + (this.#started / elapsed) * (1 - keep)
    this.#started = 0
    this.#windowMs += elapsed
  }
}
