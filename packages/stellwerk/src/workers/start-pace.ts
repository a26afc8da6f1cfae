import { Pace } from '../engine/pace.ts'

/** Jobs handed over beyond the slots are what ends within this span at the measured pace. */
const aheadMs = 200
const maxAhead = 2_000

/** How fast a worker ends jobs, and how many more than it has slots it may hold because of that: none where jobs take long. */
export class StartPace {
  readonly #pace = new Pace()

  note(): void {
    this.#pace.note(1)
  }

  ahead(): number {
    return Math.min(maxAhead, Math.floor(this.#pace.perMs() * aheadMs))
  }
}
