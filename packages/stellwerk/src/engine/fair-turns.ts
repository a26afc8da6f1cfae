import type { Tally } from '../domain/metrics/tally.ts'
import { drawnRank, fairLimit, isDrawn } from '../domain/queue/fair-share.ts'
import { monotonicMs } from '../std/monotonic.ts'

/** Counts are read again after this long; while there is plenty for all, after this much longer. */
const countsAgeMs = 25
const plentyAgeMs = 500
/** A backlog binds nobody from one claim of each station on, see `fairLimit`: so many times that is plenty. */
const plenty = 16
/** From the wake-up of another to the end of its claim lie about so many questions to the store. */
const questions = 4
/** A burst that lasts so many times longer than the others may take to hear of it is known to all. */
const heardAfter = 4
/** However slow the store is, nobody is waited for longer. */
const longestApartMs = 50

/** What the turns of a station go by. */
export interface FairTurnsOptions {
  readonly stationId: () => string
  /** How much later than this process another may hear of the same job, ms. */
  readonly apartMs: number
  readonly tallies: () => Promise<readonly Tally[]>
  readonly now?: () => number
}

/** What somebody wants to claim: how much, where the first job stands, and which counters are of such jobs. */
export interface Wish {
  readonly wanted: number
  readonly position: number
  readonly counts: (tally: Tally) => boolean
}

/** What it may claim, and in how many ms; 0 = now. */
export interface Turn {
  readonly limit: number
  readonly waitMs: number
}

interface Held {
  readonly position: number
  readonly sinceMs: number
}

/**
 * Idle stations that hear of the same jobs share them. A few jobs are drawn for: as many stations as there are jobs take one each at once, the others only
 * where these do not. Of a burst each takes a part, and leaves the rest to others for a moment, until all must have heard of it. A station alone, and a backlog
 * that keeps all of them busy, wait for nothing.
 */
export class FairTurns {
  readonly #options: FairTurnsOptions
  readonly #now: () => number
  readonly #held = new WeakMap<object, Held>()
  readonly #restsUntilMs = new WeakMap<object, number>()
  /** Since when more has waited than is drawn for. */
  #burstSinceMs = new WeakMap<object, number>()
  #rivals: readonly string[] = []
  #counts: readonly Tally[] = []
  #countedMs = Number.NEGATIVE_INFINITY
  #takenSince = 0
  /** What a question takes, about. */
  #answerMs = 0

  constructor(options: FairTurnsOptions) {
    this.#options = options
    this.#now = options.now ?? monotonicMs
  }

  /** Ids of the other stations that serve the same work. */
  see(rivals: readonly string[]): void {
    this.#rivals = rivals
  }

  /** Jobs may have come where none were: what was counted no longer holds, and more than is drawn for is a new burst. */
  forget(): void {
    this.#countedMs = Number.NEGATIVE_INFINITY
    this.#burstSinceMs = new WeakMap()
  }

  /** When `who` may claim, and how much. @throws what the store throws */
  async next(who: object, { wanted, position, counts }: Wish): Promise<Turn> {
    if (this.#rivals.length === 0) return { limit: wanted, waitMs: 0 }
    const stations = this.#rivals.length + 1
    const waiting = Math.max(1, await this.#waiting(counts, plenty * stations * wanted))
    const limit = fairLimit(wanted, waiting, stations)
    const restMs = (this.#restsUntilMs.get(who) ?? 0) - this.#now()
    if (!isDrawn(waiting, stations)) {
      if (!this.#burstSinceMs.has(who)) this.#burstSinceMs.set(who, this.#now())
      return { limit, waitMs: limit === wanted || this.#isKnown(who) ? 0 : Math.max(0, restMs) }
    }
    this.#burstSinceMs.delete(who)
    return { limit, waitMs: Math.max(0, restMs, this.#drawnMs(who, position, waiting)) }
  }

  /** `who` has claimed so many; where it was held to a part of a burst, the next moment is for others. A draw is fair by itself. */
  took(who: object, jobs: number, wasLimited: boolean): void {
    this.#takenSince += jobs
    this.#held.delete(who)
    if (wasLimited && jobs > 0 && this.#burstSinceMs.has(who)) this.#restsUntilMs.set(who, this.#now() + this.#apartMs)
  }

  /** Whether all stations have had several moments to hear of what waits. */
  #isKnown(who: object): boolean {
    return this.#now() - (this.#burstSinceMs.get(who) ?? this.#now()) > heardAfter * this.#apartMs
  }

  /** How long another may take to come before this one, ms. */
  get #apartMs(): number {
    return Math.min(longestApartMs, this.#options.apartMs + questions * this.#answerMs)
  }

  /** How long those who are before it in the order of this job have yet. */
  #drawnMs(who: object, position: number, waiting: number): number {
    const { stationId } = this.#options
    const before = this.#held.get(who)
    const held = before?.position === position ? before : { position, sinceMs: this.#now() }
    this.#held.set(who, held)
    const rank = drawnRank(stationId(), this.#rivals, { name: `${position}:${waiting}`, jobs: waiting })
    return held.sinceMs + rank * this.#apartMs - this.#now()
  }

  /** How many jobs wait, about; `enough` = so many that it does not matter how long ago they were counted. */
  async #waiting(counts: Wish['counts'], enough: number): Promise<number> {
    // The others take about as much as this one.
    const left = this.#countOf(counts) - this.#takenSince * this.#rivals.length
    if (this.#now() - this.#countedMs > (left > enough ? plentyAgeMs : countsAgeMs)) {
      const askedMs = this.#now()
      this.#countedMs = askedMs
      this.#takenSince = 0
      this.#counts = await this.#options.tallies()
      this.#answerMs += (this.#now() - askedMs - this.#answerMs) / 8
    }
    return this.#countOf(counts)
  }

  #countOf(counts: Wish['counts']): number {
    return this.#counts.filter(counts).reduce((sum, { count }) => sum + count, 0) - this.#takenSince
  }
}
