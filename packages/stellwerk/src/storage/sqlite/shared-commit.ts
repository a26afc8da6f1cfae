import { AsyncLocalStorage } from 'node:async_hooks'
import { retryWhileBusy } from './busy-retry.ts'
import { isBusy } from './store-error.ts'

/** What a write came to: nothing where the lock was not to be had. */
type Written<T> = { readonly value: T } | undefined

/** The transactions of one connection. */
export interface Transactions {
  /** Runs `work` in a transaction and commits; rolled back where it throws. */
  alone<T>(work: () => T): T
  /** Runs `work` within the transaction that is open; where it throws, what it changed is taken back, and the transaction stays. */
  nested<T>(work: () => T): T
  isOpen(): boolean
}

/** A write that waits for the end of this turn. `settle` tells its caller what it came to, `run` keeps that until the commit. */
interface Waiting {
  run(): void
  settle(): void
  alone(): Promise<void>
  giveUp(): void
}

/**
 * Lets writes of one turn of the event loop share a commit, since a commit waits for the disk and holds up everybody: the first one has its own at once, those
 * that come behind it in the same turn have one together at its end. Each fails by itself, and runs in the asynchronous context of its caller.
 */
export class SharedCommit {
  readonly #transactions: Transactions
  readonly #waiting: Waiting[] = []
  #isTurnOver = true

  constructor(transactions: Transactions) {
    this.#transactions = transactions
  }

  /** Runs `work` in a transaction, perhaps with others, and once more where the commit finds a lock; undefined when that was not to be had for 5 s. */
  async write<T>(work: () => T): Promise<Written<T>> {
    if (this.#isTurnOver) return await this.#atOnce(work)
    return await new Promise((resolve, reject) => {
      this.#waiting.push(this.#waitingFor(work, resolve, reject))
    })
  }

  /** To be called after each commit: who writes in the same turn waits for its end. */
  beginTurn(): void {
    if (!this.#isTurnOver) return
    this.#isTurnOver = false
    setImmediate(() => {
      this.#isTurnOver = true
      if (this.#waiting.length > 0) void this.#together(this.#waiting.splice(0))
    })
  }

  #atOnce<T>(work: () => T): Promise<Written<T>> {
    return retryWhileBusy(() => this.#transactions.alone(work))
  }

  #waitingFor<T>(work: () => T, resolve: (written: Written<T>) => void, reject: (error: unknown) => void): Waiting {
    let settle = (): void => resolve(undefined)
    const inContext = AsyncLocalStorage.snapshot()
    return {
      run: () => {
        try {
          const value = inContext(() => this.#transactions.nested(work))
          settle = () => resolve({ value })
        } catch (error) {
          if (isBusy(error) || !this.#transactions.isOpen()) throw error
          settle = () => reject(error)
        }
      },
      settle: () => settle(),
      alone: () => inContext(() => this.#atOnce(work)).then(resolve, reject),
      giveUp: () => resolve(undefined),
    }
  }

  async #together(group: readonly Waiting[]): Promise<void> {
    const [first] = group
    if (first !== undefined && group.length === 1) return await first.alone()
    const runAll = (): void => {
      for (const each of group) each.run()
    }
    try {
      const done = await this.#atOnce(runAll)
      for (const each of group) {
        if (done === undefined) each.giveUp()
        else each.settle()
      }
    } catch {
      // What fails all of them, such as a full disk, may be the fault of one: each has another try, and hears of its own error.
      for (const each of group) await each.alone()
    }
  }
}
