import { type Allowance, RateLimiter } from './rate-limiter.ts'
import { RecentKeys } from './recent-keys.ts'

/** Logins that an address may try per minute; the first refusal starts the back-off. */
export const loginsPerMinute = 5
const firstWaitMs = 12_000
const longestWaitMs = 15 * 60_000
const keptBlocks = 5_000

interface Block {
  readonly refusals: number
  readonly untilMs: number
}

/** Bounds guessing: so many logins a minute from one address, and each one refused for that doubles the wait, up to 15 minutes. Bounded memory. */
export class LoginGate {
  readonly #clock: () => number
  readonly #attempts: RateLimiter
  readonly #blocked = new RecentKeys<Block>(keptBlocks)

  constructor(perMinute: number = loginsPerMinute, clock: () => number = () => performance.now()) {
    this.#clock = clock
    this.#attempts = new RateLimiter({ perSecond: perMinute / 60, burst: perMinute }, clock)
  }

  /** Counts one attempt of `address`. */
  attempt(address: string): Allowance {
    const now = this.#clock()
    const block = this.#blocked.get(address)
    const isBlocked = block !== undefined && now < block.untilMs
    if (!isBlocked && this.#attempts.take(address).allowed) return { allowed: true, retryAfterMs: 0 }
    return { allowed: false, retryAfterMs: this.#refuse(address, now) }
  }

  /** Forgets the refusals of an address that has logged in. */
  succeed(address: string): void {
    this.#blocked.delete(address)
  }

  #refuse(address: string, now: number): number {
    const refusals = (this.#blocked.get(address)?.refusals ?? 0) + 1
    const waitMs = Math.min(firstWaitMs * 2 ** (refusals - 1), longestWaitMs)
    this.#blocked.set(address, { refusals, untilMs: now + waitMs })
    return waitMs
  }
}
