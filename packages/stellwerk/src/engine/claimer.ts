import { setImmediate } from 'node:timers/promises'
import { isStellwerkError } from '../domain/errors.ts'
import type { Tally } from '../domain/metrics/tally.ts'
import type { LaneHead, LaneShare } from '../domain/queue/lane.ts'
import type { Log } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { Pause } from '../std/pause.ts'
import { sleep } from '../std/sleep.ts'
import type { Store } from '../storage/store.ts'
import type { ClaimedBatch } from './executor.ts'
import type { FailureLog } from './failure-log.ts'
import { FairTurns } from './fair-turns.ts'

/** Lane heads are read again after this long while claims go on. */
const headsAgeMs = 50
const source = 'claimer'

/** What one taker would claim now. */
export interface TakerPlan {
  readonly shares: readonly LaneShare[]
  readonly limit: number
  /** Something was left out for which there will be room later: finding nothing does not mean that nothing waits. */
  readonly isNarrowed?: boolean
}

/** Who claims are made for. */
export interface ClaimTaker {
  /** Jobs that are wanted now; 0 = none. */
  wanted(): number
  plan(heads: readonly LaneHead[], free: number): TakerPlan
  /** Position of the first job that it may claim; null: there is none. */
  firstOf(heads: readonly LaneHead[]): number | null
  /** Whether this counter is of jobs that it might claim. */
  counts(tally: Tally): boolean
  onClaimed(batch: ClaimedBatch): void
}

/** What a claimer needs. */
export interface ClaimerOptions {
  readonly store: Pick<Store, 'claims' | 'wake' | 'metrics'>
  readonly stationId: () => string
  readonly log: Log
  readonly failures: FailureLog
  readonly takers: readonly ClaimTaker[]
  /** Whether the store may be asked at all: this station is registered and not cut off. */
  readonly mayAsk: () => boolean
  /** The longest pause between two looks; the store's own where not given. */
  readonly sleepMs?: number
  /** Resolves when no jobs are on their way to this process by another road. */
  readonly untilHeldIsKnown: () => Promise<void>
  /** Ids that this process holds, to give back what a lost answer left behind. */
  readonly heldIds: () => readonly number[]
  readonly onContactLost: () => void
}

/** The one loop that claims: it sleeps until work may be there, looks at the lanes, plans, and claims. */
export class Claimer {
  readonly #options: ClaimerOptions
  readonly #stopping = new AbortController()
  readonly #pause = new Pause()
  readonly #turns: FairTurns
  #running: Promise<void> | undefined
  #heads: readonly LaneHead[] = []
  #headsReadMs = Number.NEGATIVE_INFINITY
  /** Something signalled since the round under way began. */
  #signalled = false
  /** The last look found nothing. */
  #idle = false
  /** In the round under way a taker left something out. */
  #narrowed = false
  /** In the round under way a taker lets other stations go first for so long, ms. */
  #waitMs = Number.POSITIVE_INFINITY
  /** A claim failed in a way that may have marked jobs. */
  #unclear = false
  /** That has happened before: a network may deliver such a claim long after this station looked what it holds. */
  #everUnclear = false
  #unsubscribe: (() => void) | undefined

  constructor(options: ClaimerOptions) {
    this.#options = options
    const { store, stationId } = options
    this.#turns = new FairTurns({ stationId, apartMs: store.wake.apartMs, tallies: () => store.metrics.tallies() })
  }

  /** True while the last look found nothing, nothing has signalled since, and all that this station holds is known. */
  get isIdle(): boolean {
    return this.#idle && !this.#signalled && !this.#unclear
  }

  /** Ids of the other stations that serve the same work. */
  see(rivals: readonly string[]): void {
    this.#turns.see(rivals)
  }

  start(): void {
    this.#unsubscribe ??= this.#options.store.wake.subscribe(() => this.signalWork())
    this.#running ??= this.#run()
  }

  /** Jobs may be ready: the lanes are looked at afresh. */
  signalWork(): void {
    this.#headsReadMs = Number.NEGATIVE_INFINITY
    this.#signalled = true
    if (this.#idle) this.#turns.forget()
    this.#idle = false
    this.#pause.cut()
  }

  /** What this station holds in the store may be more than it knows: the rest is given back before the next claim. */
  signalUnclear(): void {
    this.#doubt()
    this.signalWork()
  }

  /** Looks again what this station holds, where the answer to a claim was ever lost: the claim itself may have come since. */
  lookAgain(): void {
    if (this.#everUnclear) this.signalUnclear()
  }

  #doubt(): void {
    this.#unclear = true
    this.#everUnclear = true
  }

  /** There is room: goes on unless the last look found nothing. */
  signalRoom(): void {
    if (!this.#idle) this.#pause.cut()
  }

  /** Resolves when the claim under way has ended; nothing is claimed after. */
  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#stopping.abort()
    this.#pause.cut()
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      this.#signalled = false
      this.#pause.arm()
      try {
        const pauseMs = await this.#round()
        failures = 0
        if (pauseMs > 0 && !this.#signalled) await this.#sleep(pauseMs)
        else await setImmediate()
      } catch (error) {
        failures++
        await this.#afterFailure(error, failures)
      }
    }
  }

  /** One look and claim; returns how long to sleep unless something signals. */
  async #round(): Promise<number> {
    const { takers, mayAsk } = this.#options
    if (this.#unclear && mayAsk()) await this.#releaseUnclear()
    const known = monotonicMs() - this.#headsReadMs < headsAgeMs
    this.#narrowed = false
    this.#waitMs = Number.POSITIVE_INFINITY
    let asked = 0
    let claimed = 0
    for (const taker of takers) {
      const free = taker.wanted()
      if (free === 0) continue
      claimed += await this.#claimFor(taker, free, known || asked > 0)
      asked++
    }
    if (asked === 0) return this.#pollMs
    if (claimed > 0) {
      this.#idle = false
      return 0
    }
    if (this.#waitMs < Number.POSITIVE_INFINITY) return this.#letOthersGoFirst()
    if (known) return 0
    // Who was full may find something as soon as there is room.
    this.#idle = !this.#signalled && asked === takers.length && !this.#narrowed
    return this.#pollMs
  }

  #letOthersGoFirst(): number {
    this.#options.store.wake.hurry()
    this.#headsReadMs = Number.NEGATIVE_INFINITY
    this.#idle = false
    return Math.min(this.#waitMs, this.#pollMs)
  }

  get #pollMs(): number {
    const { store, sleepMs } = this.#options
    return Math.min(store.wake.pollMs, sleepMs ?? store.wake.pollMs)
  }

  /** Returns how many it got. */
  async #claimFor(taker: ClaimTaker, free: number, known: boolean): Promise<number> {
    const { store, stationId } = this.#options
    const heads = known ? this.#heads : await this.#readHeads()
    const position = taker.firstOf(heads)
    if (position === null) {
      this.#headsReadMs = Number.NEGATIVE_INFINITY
      return 0
    }
    const counts = taker.counts.bind(taker)
    const turn = await this.#turns.next(taker, { wanted: free, position, counts })
    if (turn.waitMs > 0) {
      this.#waitMs = Math.min(this.#waitMs, turn.waitMs)
      return 0
    }
    const { shares, limit, isNarrowed } = taker.plan(heads, turn.limit)
    if (isNarrowed === true) this.#narrowed = true
    const jobs = shares.length === 0 ? [] : await store.claims.claim({ stationId: stationId(), shares, limit })
    if (jobs.length < limit) this.#headsReadMs = Number.NEGATIVE_INFINITY
    this.#turns.took(taker, jobs.length, turn.limit < free)
    if (jobs.length > 0) taker.onClaimed({ jobs, receivedMs: monotonicMs() })
    return jobs.length
  }

  async #readHeads(): Promise<readonly LaneHead[]> {
    this.#headsReadMs = monotonicMs()
    this.#heads = await this.#options.store.claims.laneHeads()
    this.#options.failures.worked(source)
    return this.#heads
  }

  async #sleep(ms: number): Promise<void> {
    if (!this.#stopping.signal.aborted) await this.#pause.wait(ms)
  }

  async #afterFailure(error: unknown, failures: number): Promise<void> {
    this.#options.failures.failed({ source, message: 'a claim failed; trying again', error })
    if (isStellwerkError(error, 'STORE_BUSY')) return
    this.#doubt()
    this.#options.onContactLost()
    await sleep(Math.min(2_000, 50 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2), this.#stopping.signal)
  }

  /** After a claim whose answer was lost: what it marked is given back before anything else is claimed. */
  async #releaseUnclear(): Promise<void> {
    const { store, log, stationId, heldIds, untilHeldIsKnown } = this.#options
    await untilHeldIsKnown()
    const released = await store.claims.releaseOthers(stationId(), heldIds())
    this.#unclear = false
    if (released > 0) log.warn('a claim whose answer was lost was given back', { released })
  }
}
