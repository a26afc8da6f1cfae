import type { LaneHead } from '../../domain/queue/lane.ts'

/** Behind which row a lane is looked at: whatever lies before it was taken when it was looked at last. */
export interface LaneFloor {
  readonly key: number
  readonly position: number
  readonly id: number
}

/** The last row of a lane that was seen or taken. */
type Place = Omit<LaneFloor, 'key'>

/** Whole looks that take longer, ms, one after the other, walk over rows that are long gone; a few may have waited for a processor. */
const longLookMs = 6
const longLooksInARow = 8
/** A whole look is made again after this many times what the last one took: it costs a tenth of the time. */
const pauseFactor = 9
/** Lanes come and go; those that were seen longest ago are looked up afresh. */
const mostLanes = 1_000

/**
 * Where the lanes of a store begin. A snapshot that somebody holds for long keeps every row that was claimed since in the index, and who looks for work walks over all of them:
 * once whole looks take long, lanes are looked at from where they began last, and wholly only now and then. Until then nothing of this is used.
 */
export class LaneFloors {
  readonly #places = new Map<number, Place>()
  #longLooks = 0
  #nextWholeMs = Number.NEGATIVE_INFINITY

  /** Floors to look behind, in place of a whole look; undefined: a whole look is due. */
  at(nowMs: number): readonly LaneFloor[] | undefined {
    return this.areUsed && nowMs < this.#nextWholeMs
      ? [...this.#places].map(([key, place]) => ({ key, ...place }))
      : undefined
  }

  /** Whether whole looks take so long that floors are used. */
  get areUsed(): boolean {
    return this.#longLooks >= longLooksInARow
  }

  /** The floor of a lane; undefined: it is to be looked at from its first row. */
  of(key: number | undefined): Place | undefined {
    return key === undefined ? undefined : this.#places.get(key)
  }

  /** After a whole look that began and ended then. */
  sawAll(heads: readonly LaneHead[], startedMs: number, endedMs: number): void {
    const tookMs = endedMs - startedMs
    this.#longLooks = tookMs > longLookMs ? this.#longLooks + 1 : 0
    if (!this.areUsed) {
      this.#places.clear()
      return
    }
    this.#nextWholeMs = endedMs + pauseFactor * tookMs
    for (const { key, position } of heads) if (key !== undefined) this.#put(key, { position, id: 0 })
  }

  /** A short look has found nothing: what is ready, if anything, lies before the floors or in another lane. */
  sawNothing(): void {
    this.#nextWholeMs = Number.NEGATIVE_INFINITY
  }

  /** A claim took this one of a lane, and those before it. */
  took(key: number, { position, id }: Place): void {
    if (this.areUsed) this.#put(key, { position, id })
  }

  #put(key: number, place: Place): void {
    this.#places.delete(key)
    this.#places.set(key, place)
    const [oldest] = this.#places.keys()
    if (this.#places.size > mostLanes && oldest !== undefined) this.#places.delete(oldest)
  }
}
