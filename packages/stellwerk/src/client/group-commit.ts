import { randomUUID } from 'node:crypto'
import { isStellwerkError, StellwerkError } from '../domain/errors.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { DispatchGroup, DispatchStore, NewJob } from '../storage/dispatch-store.ts'
import type { DirectOffer, DirectTaker } from './direct-taker.ts'

/** Errors of the store itself: a smaller group would meet them too. */
const storeErrors = new Set([
  'STORE_BUSY',
  'STORE_UNREACHABLE',
  'STORE_FULL',
  'STORE_NOT_WRITABLE',
  'STORE_CORRUPT',
  'SCHEMA_TOO_NEW',
  'SCHEMA_MISSING',
  'CLOSED',
])

interface Waiting {
  readonly jobs: readonly NewJob[]
  readonly resolve: (ids: readonly number[]) => void
  readonly reject: (error: unknown) => void
}

/** Bounds of a group: `maxJobs` a commit, `maxInFlight` commits at a time. */
export interface GroupCommitOptions {
  readonly maxJobs: number
  readonly maxInFlight: number
  /** Stations of this process, which may have a group at once. */
  readonly taker?: DirectTaker
}

/**
 * Lets dispatches that arrive together share one commit; each resolves when durable. A group that fails by the content of one is split,
 * so that one caller's error is never another's. A call's own jobs stay together: all or none.
 */
export class GroupCommit {
  readonly #store: DispatchStore
  readonly #options: GroupCommitOptions
  readonly #waiting: Waiting[] = []
  readonly #inFlight = new Set<Promise<void>>()
  #scheduled = false
  #closed = false

  constructor(store: DispatchStore, options: GroupCommitOptions) {
    this.#store = store
    this.#options = options
  }

  /** Ids in input order, once the jobs are durable. @throws what the store throws; CLOSED after close */
  insert(jobs: readonly NewJob[]): Promise<readonly number[]> {
    if (this.#closed)
      return Promise.reject(
        new StellwerkError('CLOSED', 'this Stellwerk is closed; dispatch before close() or open another one'),
      )
    return new Promise((resolve, reject) => {
      this.#waiting.push({ jobs, resolve, reject })
      this.#schedule()
    })
  }

  /** Commits what waits, then refuses further jobs. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#waiting.length > 0 || this.#inFlight.size > 0) {
      this.#pump()
      await Promise.allSettled(this.#inFlight)
    }
  }

  /** One turn of the loop gathers what callers dispatch side by side. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#waiting.length > 0 && this.#inFlight.size < this.#options.maxInFlight) {
      const flight = this.#commit(this.#takeGroup()).finally(() => {
        this.#inFlight.delete(flight)
        if (this.#waiting.length > 0) this.#schedule()
      })
      this.#inFlight.add(flight)
    }
  }

  #takeGroup(): readonly Waiting[] {
    let jobs = 0
    let count = 0
    for (const waiting of this.#waiting) {
      if (count > 0 && jobs + waiting.jobs.length > this.#options.maxJobs) break
      jobs += waiting.jobs.length
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const ids = await this.#insert(group.length === 1 && group[0] ? group[0].jobs : group.flatMap(({ jobs }) => jobs))
      let from = 0
      for (const waiting of group) {
        waiting.resolve(ids.slice(from, from + waiting.jobs.length))
        from += waiting.jobs.length
      }
    } catch (error) {
      await this.#split(group, error)
    }
  }

  #insert(jobs: readonly NewJob[]): Promise<readonly number[]> {
    const token = randomUUID()
    const offer = this.#options.taker?.offer(jobs)
    return offer === undefined ? this.#store.insertJobs({ token, jobs }) : this.#insertClaimed({ token, jobs }, offer)
  }

  async #insertClaimed(group: DispatchGroup, offer: DirectOffer): Promise<readonly number[]> {
    try {
      const { ids, claimed } = await this.#store.insertClaimed(group, offer.stationId)
      // Not before the dispatchers know of their jobs.
      setImmediate(() => settleOffer(offer, claimed))
      return ids
    } catch (error) {
      offer.doubt()
      throw error
    }
  }

  async #split(group: readonly Waiting[], error: unknown): Promise<void> {
    const ofTheStore = isStellwerkError(error) && storeErrors.has(error.code)
    if (group.length === 1 || ofTheStore) {
      for (const waiting of group) waiting.reject(error)
      return
    }
    const half = group.length >> 1
    await this.#commit(group.slice(0, half))
    await this.#commit(group.slice(half))
  }
}

function settleOffer(offer: DirectOffer, claimed: readonly ClaimedJob[] | null): void {
  if (claimed === null) offer.doubt()
  else if (claimed.length === 0) offer.release()
  else offer.take(claimed)
}
