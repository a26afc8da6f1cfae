/** A view as it was read. */
export interface Sample {
  readonly value: unknown
  /** Monotonic ms at which the reading began. */
  readonly startedMs: number
  /** ms the reading took. */
  readonly tookMs: number
}

interface Entry {
  readonly generation: number
  readonly startedMs: number
  readonly sample: Promise<Sample>
  isDone: boolean
}

/** Views kept at most; each is dropped once nobody could be answered from it. */
const mostEntries = 200
const maxAgeMs = 1_000

/** What was read lately, by view: one reading answers every viewer of the same view for a second, by REST and by stream. */
export class Snapshots {
  readonly #clock: () => number
  readonly #entries = new Map<string, Entry>()
  #generation = 0

  /** `clock` is monotonic, ms. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** The sample of `key`: one under way, one of the last second, or a new one by `load`. Rejects as `load` does; failures are not kept. */
  read(key: string, load: () => Promise<unknown>): Promise<Sample> {
    const known = this.#entries.get(key)
    const isUsable =
      known?.generation === this.#generation && (!known.isDone || this.#clock() - known.startedMs < maxAgeMs)
    return isUsable ? known.sample : this.refresh(key, load)
  }

  /** A sample that is not older than this call, unless one is under way. Rejects as `load` does. */
  refresh(key: string, load: () => Promise<unknown>): Promise<Sample> {
    const known = this.#entries.get(key)
    if (known?.generation === this.#generation && !known.isDone) return known.sample
    const startedMs = this.#clock()
    const entry: Entry = {
      generation: this.#generation,
      startedMs,
      isDone: false,
      sample: load().then((value) => ({ value, startedMs, tookMs: this.#clock() - startedMs })),
    }
    this.#keep(key, entry)
    entry.sample.then(
      () => {
        entry.isDone = true
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      },
    )
    return entry.sample
  }

  /** After something was changed: nothing that was read before answers anyone any more. */
  forget(): void {
    this.#generation++
    this.#entries.clear()
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    for (const [oldKey, old] of this.#entries) {
      const isStale = old.isDone && this.#clock() - old.startedMs >= maxAgeMs
      if (!isStale && this.#entries.size <= mostEntries) break
      this.#entries.delete(oldKey)
    }
  }
}
