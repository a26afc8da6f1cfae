import { Worker } from 'node:worker_threads'
import type { Log } from '../std/log.ts'
import type { LeaseMessage, LeaseOrder } from '../storage/lease-messages.ts'
import type { Store } from '../storage/store.ts'

/** The main loop may stand still this long before its lease is no longer renewed. */
const stalledAfterMs = 60_000
/** Renewals per lease, less a third: 3 s of 10 s. */
const renewalsPerLease = 10 / 3

/** What a keeper needs. */
export interface LeaseKeeperOptions {
  readonly store: Pick<Store, 'leaseThread'>
  readonly leaseMs: number
  readonly log: Log
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
  #timer: NodeJS.Timeout | undefined
  #renewedMs = Number.NEGATIVE_INFINITY

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
    this.#timer = setInterval(() => Atomics.add(counter, 0, 1), Math.min(1_000, leaseMs / renewalsPerLease))
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
    thread.on('error', (error) =>
      this.#options.log.error('the lease thread failed; the station claims nothing more', { error }),
    )
    this.#thread = thread
  }

  /** Ends the thread; the lease runs out by itself. Safe to repeat. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    const thread = this.#thread
    this.#thread = undefined
    if (thread === undefined) return
    const exited = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve())
    })
    thread.postMessage({ kind: 'stop' } satisfies LeaseOrder)
    const stuck = setTimeout(() => void thread.terminate(), 2_000)
    await exited
    clearTimeout(stuck)
  }

  #onMessage(message: LeaseMessage): void {
    const { log, onDead, onFailed, onRenewed } = this.#options
    if (message.kind === 'renewed') {
      this.#renewedMs = message.startedMs
      onRenewed(message.startedMs)
    } else if (message.kind === 'dead') onDead()
    else if (message.kind === 'stalled') log.error('the main loop stood still; the lease was not renewed')
    else {
      log.warn('the lease could not be renewed', { error: message.message })
      onFailed()
    }
  }
}
