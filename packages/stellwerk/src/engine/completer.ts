import { setImmediate } from 'node:timers/promises'
import { isStellwerkError } from '../domain/errors.ts'
import type { WonRun } from '../domain/metrics/won-run.ts'
import type { DeadLetters } from '../domain/queue/dead-letters.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sleep } from '../std/sleep.ts'
import type { Outcome, SettleResult } from '../storage/outcome-store.ts'
import type { Store } from '../storage/store.ts'
import type { LiveRecords } from './executor.ts'
import type { FailureLog } from './failure-log.ts'
import { StationMeter } from './station-meter.ts'

/** A flush takes at most this many outcomes. */
const maxFlush = 2_000
/** And of so many letters of results, but for one alone: what a store is sent in one piece has bounds. */
const maxFlushLetters = 16_777_216
/** A flush starts at once from here on. */
const fullFlush = 500
/** From one small flush to the next, so a station makes no more than a hundred a second. What comes later than that waits for nobody. */
const lingerMs = 10
/** From here on nothing more is claimed until outcomes are stored. */
const backlogLimit = 8_000
const source = 'completer'

/** What a completer needs. */
export interface CompleterOptions {
  readonly store: Pick<Store, 'outcomes' | 'metrics'>
  readonly stationId: () => string
  readonly failures: FailureLog
  /** Under which queues it keeps what fails for good. */
  readonly deadLetters: () => DeadLetters
  /** Lines and progress not yet stored: they go in the same transaction as the outcomes. */
  readonly takeLive: () => LiveRecords
  /** After a flush, with what the store refused as stale. */
  readonly onSettled: (outcomes: readonly Outcome[], result: SettleResult) => void
  /** A flush could not reach the store. */
  readonly onContactLost: () => void
}

/** Gathers outcomes and stores them in batches, with their history, metrics and lines, in one transaction each. Nothing is dropped while the store is away. */
export class Completer {
  readonly #options: CompleterOptions
  readonly #meter: StationMeter
  readonly #outcomes: Outcome[] = []
  #flushing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #flushedAtMs = Number.NEGATIVE_INFINITY
  /** The station ends while the store is away: nobody waits for what is left. */
  readonly #givenUp = new AbortController()

  constructor(options: CompleterOptions) {
    this.#options = options
    this.#meter = new StationMeter(options.store.metrics)
  }

  /** Whether so much waits to be stored that nothing more should be claimed. */
  get isFull(): boolean {
    return this.#outcomes.length >= backlogLimit
  }

  get isEmpty(): boolean {
    return this.#outcomes.length === 0 && this.#flushing === undefined
  }

  ids(): readonly number[] {
    return this.#outcomes.map((outcome) => outcome.id)
  }

  push(outcome: Outcome): void {
    this.#outcomes.push(outcome)
    if (this.#outcomes.length >= fullFlush) this.flushSoon()
    else this.#flushLater()
  }

  /** Starts a flush in the next turn of the loop; one under way takes what came meanwhile, when it is much. */
  flushSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#givenUp.signal.aborted) return
    this.#flushing ??= this.#flushAll().finally(() => {
      this.#flushing = undefined
      this.#flushedAtMs = monotonicMs()
      if (this.#outcomes.length > 0) this.#flushLater()
    })
  }

  #flushLater(): void {
    if (this.#givenUp.signal.aborted || this.#timer !== undefined) return
    const waitMs = this.#flushedAtMs + lingerMs - monotonicMs()
    if (waitMs <= 0) this.flushSoon()
    else this.#timer = setTimeout(() => this.flushSoon(), waitMs)
  }

  /** Writes what it holds, again and again until the store has answered, for `ms` at most. */
  async flushWithin(ms: number): Promise<void> {
    const bound = new AbortController()
    const timer = setTimeout(() => bound.abort(), ms)
    await this.flush(bound.signal)
    clearTimeout(timer)
  }

  /** The last flush: stores all there is. Resolves early, gives up and leaves outcomes behind, when `signal` aborts while the store is away. */
  async flush(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    while (!this.isEmpty && !signal.aborted) {
      this.flushSoon()
      await Promise.race([this.#flushing, aborted])
    }
    if (this.isEmpty) return
    this.#givenUp.abort()
    clearTimeout(this.#timer)
  }

  async #flushAll(): Promise<void> {
    await setImmediate()
    do {
      const batch = nextFlush(this.#outcomes)
      if (!(await this.#settle(batch))) return
      this.#outcomes.splice(0, batch.length)
    } while (this.#outcomes.length >= fullFlush)
  }

  /** Tries until the store has answered: what a handler did is never dropped for the store's sake. False: given up. */
  async #settle(batch: readonly Outcome[]): Promise<boolean> {
    const { store, stationId, failures, deadLetters, takeLive, onSettled, onContactLost } = this.#options
    const { logs, progress } = takeLive()
    const fields = { count: batch.length }
    let isRepeated = false
    for (let tries = 1; ; tries++) {
      try {
        const id = stationId()
        await this.#meter.settle(id)
        const meter = this.#meter.of(id)
        const settlement = {
          stationId: id,
          outcomes: batch,
          logs,
          isRepeated,
          deadLetters: deadLetters(),
          metrics: (won: readonly WonRun[], at: number) => meter.stage(won, at),
        }
        // Before the outcomes: settling moves the rows away, with the progress they have.
        if (progress.length > 0) await store.outcomes.recordLive([], progress)
        const result = await store.outcomes.settle(settlement)
        // The minutes that an unseen commit has written are taken over before anything builds on them.
        if (result.wasRecorded === true) this.#meter.doubt()
        else meter.commit()
        failures.worked(source)
        onSettled(batch, result)
        return true
      } catch (error) {
        this.#meter.doubt()
        failures.failed({ source, message: 'outcomes could not be stored; trying again', error, fields })
        if (!isStellwerkError(error, 'STORE_BUSY')) {
          isRepeated = true
          onContactLost()
        }
        const pauseMs = Math.min(2_000, 50 * 2 ** Math.min(tries, 6)) * (0.75 + Math.random() / 2)
        await sleep(pauseMs, this.#givenUp.signal)
        if (this.#givenUp.signal.aborted) return false
      }
    }
  }
}

function nextFlush(outcomes: readonly Outcome[]): readonly Outcome[] {
  const flush = outcomes.slice(0, maxFlush)
  let letters = 0
  const end = flush.findIndex((outcome, index) => {
    letters += outcome.kind === 'completed' ? (outcome.result?.length ?? 0) : 0
    return index > 0 && letters > maxFlushLetters
  })
  return end === -1 ? flush : flush.slice(0, end)
}
