import { monotonicMs } from '../std/monotonic.ts'

/** Jobs handed over beyond the slots are what ends within this span at the measured pace. */
const aheadMs = 200
const maxAhead = 2_000
const paceMs = 250

/** How fast a worker ends jobs, and how many more than it has slots it may hold because of that: none where jobs take long. */
export class StartPace {
  #ended = 0
  #perMs = 0
  #windowMs = monotonicMs()

  note(): void {
    this.#ended++
  }

  ahead(): number {
    const elapsed = monotonicMs() - this.#windowMs
    if (elapsed >= 10) {
      const keep = Math.exp(-elapsed / paceMs)
      this.#perMs = this.#perMs * keep + (this.#ended / elapsed) * (1 - keep)
      this.#ended = 0
      this.#windowMs += elapsed
    }
    return Math.min(maxAhead, Math.floor(this.#perMs * aheadMs))
  }
}
