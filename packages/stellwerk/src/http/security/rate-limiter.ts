import { RecentKeys } from './recent-keys.ts'

/** A rate with room for a burst. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** Whether it may go on; `retryAfterMs` is 0 where it may. */
export interface Allowance {
  readonly allowed: boolean
  readonly retryAfterMs: number
}

interface Bucket {
  tokens: number
  atMs: number
}

/** Buckets kept at least, and twice as many at most. A bucket is about 150 bytes. */
const keptBuckets = 5_000

/** Token buckets by key, in bounded memory. `clock` is monotonic, ms. */
export class RateLimiter {
  readonly #rate: Rate
  readonly #clock: () => number
  readonly #buckets = new RecentKeys<Bucket>(keptBuckets)

  constructor(rate: Rate, clock: () => number = () => performance.now()) {
    this.#rate = rate
    this.#clock = clock
  }

  /** Takes one token of `key`. */
  take(key: string): Allowance {
    const bucket = this.#refill(key)
    if (bucket.tokens < 1) return { allowed: false, retryAfterMs: this.#untilOne(bucket) }
    bucket.tokens -= 1
    return { allowed: true, retryAfterMs: 0 }
  }

  /** Whether `key` has a token, without taking it. */
  peek(key: string): Allowance {
    const bucket = this.#refill(key)
    return bucket.tokens < 1
      ? { allowed: false, retryAfterMs: this.#untilOne(bucket) }
      : { allowed: true, retryAfterMs: 0 }
  }

  /** Buckets held now. */
  get size(): number {
    return this.#buckets.size
  }

  #refill(key: string): Bucket {
    const { perSecond, burst } = this.#rate
    const now = this.#clock()
    const known = this.#buckets.get(key)
    const bucket = known ?? { tokens: burst, atMs: now }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) / 1_000) * perSecond)
    bucket.atMs = now
    if (known === undefined) this.#buckets.set(key, bucket)
    return bucket
  }

  #untilOne({ tokens }: Bucket): number {
    return Math.ceil(((1 - tokens) / this.#rate.perSecond) * 1_000)
  }
}
