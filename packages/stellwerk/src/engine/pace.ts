import { monotonicMs } from '../std/monotonic.ts'

/** It is measured over about this span while it falls, and over the other while it rises: what turns out to be fast soon has enough. */
const fallingMs = 250
const risingMs = 50
/** Shorter windows say nothing. */
const windowMs = 10

/** How often something happens, as far as the newest moments tell. */
export class Pace {
  readonly #now: () => number
  #noted = 0
  #perMs = 0
  #sinceMs: number

  /** `now` is a monotonic clock in ms. */
  constructor(now: () => number = monotonicMs) {
    this.#now = now
    this.#sinceMs = now()
  }

  /** It has happened so many times. */
  note(times: number): void {
    this.#noted += times
  }

  /** Times in a millisecond. */
  perMs(): number {
    const elapsed = this.#now() - this.#sinceMs
    if (elapsed < windowMs) return this.#perMs
    const newest = this.#noted / elapsed
    const keep = Math.exp(-elapsed / (newest > this.#perMs ? risingMs : fallingMs))
    this.#perMs = this.#perMs * keep + newest * (1 - keep)
    this.#noted = 0
    this.#sinceMs += elapsed
    return this.#perMs
  }
}
