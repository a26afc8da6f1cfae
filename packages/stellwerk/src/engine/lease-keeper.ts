import { Worker } from 'node:worker_threads'
import { StellwerkError } from '../domain/errors.ts'
import type { Log } from '../std/log.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { LeaseMessage, LeaseOrder } from '../storage/lease-messages.ts'
import type { Store } from '../storage/store.ts'
import type { FailureLog } from './failure-log.ts'

/** The main loop may stand still this long before its lease is no longer renewed. */
const stalledAfterMs = 60_000
/** Renewals per lease, less a third: 3 s of 10 s. */
const renewalsPerLease = 10 / 3
const source = 'lease'

/** What a keeper needs. */
export interface LeaseKeeperOptions {
  readonly store: Pick<Store, 'leaseThread' | 'stations'>
  readonly leaseMs: number
  readonly log: Log
  readonly failures: FailureLog
  /** Another station declared this one dead. */
  readonly onDead: () => void
  /** A renewal did not reach the store. */
  readonly onFailed: () => void
  /** Each successful renewal, with the shared clock before it was sent. */
  readonly onRenewed: (startedMs: number) => void
}

/** Keeps the lease of one station identity through a thread of its own, and knows until when it can be trusted. Times are of process.hrtime, in ms. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions
  readonly #ticks = new SharedArrayBuffer(4)
  #thread: Worker | undefined
  /** A thread that was told of its death ends by itself, maybe before anyone waits for it. */
  #exited = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #renewedMs = Number.NEGATIVE_INFINITY
  /** The thread has renewed: until then the main loop does. */
  #threadRenews = false
  #renewingHere: Promise<void> | undefined

  constructor(options: LeaseKeeperOptions) {
    this.#options = options
  }

  /** Start of the last renewal that won, hrtime ms. */
  get renewedMs(): number {
    return this.#renewedMs
  }

  /** Begins to renew for `stationId`, whose row was written by a statement sent at `registeredMs`. */
  start(stationId: string, registeredMs: number): void {
    const { leaseMs, store } = this.#options
    this.#renewedMs = registeredMs
    const counter = new Int32Array(this.#ticks)
    this.#timer = setInterval(
      () => {
        Atomics.add(counter, 0, 1)
        if (!this.#threadRenews) this.#renewingHere ??= this.#renewHere(stationId)
      },
      Math.min(1_000, leaseMs / renewalsPerLease),
    )
    const everyMs = Math.round(leaseMs / renewalsPerLease)
    const { module, workerData } = store.leaseThread({
      stationId,
      leaseMs,
      everyMs,
      ticks: this.#ticks,
      stalledAfterMs,
    })
    const thread = new Worker(module, { workerData })
    thread.on('message', (message: LeaseMessage) => this.#onMessage(message))
    thread.on('error', (error) => {
      this.#threadRenews = true // Nobody renews from here on.
      this.#options.log.error('the lease thread failed; the station claims nothing more', { error })
    })
    this.#thread = thread
    this.#exited = new Promise((resolve) => {
      thread.once('exit', () => resolve())
    })
  }

  /** Ends the thread; the lease runs out by itself. Safe to repeat. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#renewingHere
    const thread = this.#thread
    this.#thread = undefined
    if (thread === undefined) return
    thread.postMessage({ kind: 'stop' } satisfies LeaseOrder)
    const stuck = setTimeout(() => void thread.terminate(), 2_000)
    await this.#exited
    clearTimeout(stuck)
  }

  /** A thread takes its time to load, on a busy machine longer than a short lease: the station would be declared dead before it has begun. */
  async #renewHere(stationId: string): Promise<void> {
    const { store, leaseMs, log } = this.#options
    const startedMs = sharedClockMs()
    try {
      const renewed = await store.stations.renew(stationId, leaseMs)
      // The thread tells a death itself, once.
      if (renewed && !this.#threadRenews) this.#onRenewed(startedMs)
    } catch (error) {
      log.debug('the lease could not be renewed before its thread had begun', { error })
    }
    this.#renewingHere = undefined
  }

  #onRenewed(startedMs: number): void {
    this.#renewedMs = Math.max(this.#renewedMs, startedMs)
    this.#options.onRenewed(startedMs)
  }

  #onMessage(message: LeaseMessage): void {
    const { log, failures, onDead, onFailed } = this.#options
    if (message.kind === 'renewed') {
      this.#threadRenews = true
      failures.worked(source)
      this.#onRenewed(message.startedMs)
    } else if (message.kind === 'dead') onDead()
    else if (message.kind === 'stalled') log.error('the main loop stood still; the lease was not renewed')
    else {
      failures.failed({ source, message: 'the lease could not be renewed', error: errorOf(message) })
      onFailed()
    }
  }
}

/** The thread's error as it was there, but for its stack. */
function errorOf({ code, message }: Extract<LeaseMessage, { readonly kind: 'failed' }>): unknown {
  return code === undefined ? message : new StellwerkError(code, message)
}
