import { Worker } from 'node:worker_threads'
import { expect, vi } from 'vitest'
import { sharedClockMs } from '../../std/shared-clock.ts'
import type { LeaseMessage, LeaseOrder, LeaseThreadOptions } from '../lease-messages.ts'
import type { Store } from '../store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { only, startStation } from './store-steps.ts'

const stationId = 'station-a'
const soon = { timeout: 20_000, interval: 2 }

/** A running lease thread, what it has said, and its main loop's counter. */
class ObservedThread {
  readonly messages: LeaseMessage[] = []
  readonly exited: Promise<number>
  readonly #ticks: SharedArrayBuffer
  readonly #worker: Worker
  readonly #ticking: NodeJS.Timeout

  constructor(store: Store, changes: Partial<LeaseThreadOptions> = {}) {
    this.#ticks = new SharedArrayBuffer(4)
    const options = { stationId, leaseMs: 60_000, everyMs: 10, ticks: this.#ticks, stalledAfterMs: 60_000, ...changes }
    const thread = store.leaseThread(options)
    this.#worker = new Worker(thread.module, { workerData: thread.workerData })
    this.#worker.on('message', (message: LeaseMessage) => this.messages.push(message))
    this.exited = new Promise((resolve, reject) => {
      this.#worker.once('error', reject)
      this.#worker.once('exit', resolve)
    })
    this.#ticking = setInterval(() => Atomics.add(new Int32Array(this.#ticks), 0, 1), 5)
  }

  /** Waits until the thread has said this. */
  async hears(kind: LeaseMessage['kind']): Promise<void> {
    await vi.waitFor(() => expect(this.messages.map((message) => message.kind)).toContain(kind), soon)
  }

  /** The main loop stands still from here on. */
  stall(): void {
    clearInterval(this.#ticking)
  }

  /** Orders the end and resolves with the exit code. */
  async stop(): Promise<number> {
    this.stall()
    const order: LeaseOrder = { kind: 'stop' }
    this.#worker.postMessage(order)
    return await this.exited
  }
}

const cases: StoreCases = {
  'the thread renews again and again, and says when each renewal began': async ({ store }) => {
    await startStation(store, { leaseMs: 1 })
    const began = sharedClockMs()
    const thread = new ObservedThread(store)
    await vi.waitFor(() => expect(thread.messages.length).toBeGreaterThan(2), soon)
    expect(await thread.stop()).toBe(0)
    for (const message of thread.messages) {
      expect(message.kind).toBe('renewed')
      if (message.kind === 'renewed') {
        expect(message.startedMs).toBeGreaterThanOrEqual(began - 1)
        expect(message.startedMs).toBeLessThanOrEqual(sharedClockMs() + 1)
      }
    }
    expect(only(await store.stations.list()).leaseLeftMs).toBeGreaterThan(50_000)
  },

  'the thread learns that its station was declared dead': async ({ store }) => {
    await startStation(store)
    const thread = new ObservedThread(store)
    await thread.hears('renewed')
    await store.stations.retire(stationId)
    await thread.hears('dead')
    await thread.stop()
  },

  'while the main loop stands still nothing is renewed': async ({ store }) => {
    await startStation(store)
    // A busy machine may keep a loop that is well from ticking for a while.
    const thread = new ObservedThread(store, { stalledAfterMs: 1_500 })
    await thread.hears('renewed')
    thread.stall()
    await thread.hears('stalled')
    const renewals = () => thread.messages.filter(({ kind }) => kind === 'renewed').length
    const before = renewals()
    const { aliveUntil } = only(await store.stations.list())
    await thread.stop()
    expect(renewals()).toBe(before)
    expect(only(await store.stations.list()).aliveUntil).toBe(aliveUntil)
  },
}

/** What {@link Store.leaseThread} promises. */
export function leaseThreadSuite(harness: StoreHarness): void {
  registerCases('lease thread', harness, cases)
}
