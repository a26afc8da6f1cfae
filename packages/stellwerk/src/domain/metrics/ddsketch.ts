import { readVarint, unzigzag, writeVarint, zigzag } from './varint.ts'

/** Relative error of every quantile. */
export const sketchError = 0.01
const GAMMA = (1 + sketchError) / (1 - sketchError)
const PER_LOG = 1 / Math.log(GAMMA)
/** Middle of a bucket, as a part of its upper bound. */
const MIDDLE = 2 / (GAMMA + 1)
/** What is no larger counts as zero. */
const SMALLEST = 1e-6
const LARGEST = Number.MAX_SAFE_INTEGER
const MAX_BUCKETS = 2048
const FORMAT = 1

/**
 * Counts of values in buckets that grow by 2 %, so that every quantile is within 1 % of a value that was added; sketches merge without loss, in any order.
 * After Masson, Rim, Lee: DDSketch, a fast and fully-mergeable quantile sketch with relative-error guarantees, VLDB 2019.
 */
export class DDSketch {
  #zeros = 0
  #count = 0
  readonly #buckets = new Map<number, number>()
  /** Once there are too many buckets: the lowest one, which stands for all below it. */
  #floor = Number.NEGATIVE_INFINITY

  /** How many values were added. */
  get count(): number {
    return this.#count
  }

  /** Counts one value of at least 0; what is negative or no number counts as 0, what lies beyond 2^53 as 2^53. */
  add(value: number): void {
    this.#count++
    if (value > SMALLEST) this.#raise(Math.ceil(Math.log(Math.min(value, LARGEST)) * PER_LOG), 1)
    else this.#zeros++
  }

  /** Adds all that `other` counted; `other` stays as it is. Associative and commutative. */
  merge(other: DDSketch): void {
    this.#count += other.#count
    this.#zeros += other.#zeros
    for (const [index, count] of other.#buckets) this.#raise(index, count)
  }

  /** A sketch of its own that counts the same. */
  clone(): DDSketch {
    const copy = new DDSketch()
    copy.merge(this)
    return copy
  }

  /** The value below which the part `q` (0 to 1) of the values lies, within 1 %; 0 where nothing was added. */
  quantile(q: number): number {
    return this.quantiles([q])[0] ?? 0
  }

  /** The same for several parts, in their order, for the price of one. */
  quantiles(parts: readonly number[]): readonly number[] {
    const sorted = this.#sorted()
    return parts.map((q) => {
      const rank = Math.min(Math.max(q, 0), 1) * (this.#count - 1)
      let below = this.#zeros
      if (below > rank) return 0
      let nearest: number | null = null
      for (const [index, count] of sorted) {
        below += count
        nearest = index
        if (below > rank) break
      }
      return nearest === null ? 0 : GAMMA ** nearest * MIDDLE
    })
  }

  /** How many values were at most `value`, up to the relative error: a bucket counts where its middle does. Grows with what is added and with `value`. */
  countAtMost(value: number): number {
    if (value < 0) return 0
    let count = this.#zeros
    for (const [index, inBucket] of this.#buckets) if (GAMMA ** index * MIDDLE <= value) count += inBucket
    return count
  }

  /** Compact bytes: format, zeros, number of buckets, then for each the distance to the one before and its count, as varints. */
  encode(): Uint8Array {
    const sorted = this.#sorted()
    const bytes: number[] = [FORMAT]
    writeVarint(bytes, this.#zeros)
    writeVarint(bytes, sorted.length)
    let before = 0
    for (const [index, count] of sorted) {
      writeVarint(bytes, zigzag(index - before))
      writeVarint(bytes, count)
      before = index
    }
    return Uint8Array.from(bytes)
  }

  /** The sketch behind the bytes of {@link DDSketch.encode}. @throws RangeError where they are of another format, cut off or too long */
  static decode(bytes: Uint8Array): DDSketch {
    if (bytes[0] !== FORMAT)
      throw new RangeError(`a sketch of format ${bytes[0]} cannot be read, only format ${FORMAT}`)
    const sketch = new DDSketch()
    const from = { at: 1 }
    sketch.#zeros = readVarint(bytes, from)
    sketch.#count = sketch.#zeros
    let index = 0
    for (let left = readVarint(bytes, from); left > 0; left--) {
      index += unzigzag(readVarint(bytes, from))
      const count = readVarint(bytes, from)
      sketch.#count += count
      sketch.#raise(index, count)
    }
    if (from.at !== bytes.length) throw new RangeError('a sketch has bytes behind its end')
    return sketch
  }

  #raise(index: number, count: number): void {
    const bucket = Math.max(index, this.#floor)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count)
    if (this.#buckets.size > MAX_BUCKETS) this.#collapseLowest()
  }

  #collapseLowest(): void {
    const [lowest, next] = this.#sorted()
    if (lowest === undefined || next === undefined) return
    this.#buckets.delete(lowest[0])
    this.#buckets.set(next[0], next[1] + lowest[1])
    this.#floor = next[0]
  }

  #sorted(): [number, number][] {
    return [...this.#buckets].sort(([one], [other]) => one - other)
  }
}
