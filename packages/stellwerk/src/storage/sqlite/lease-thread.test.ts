import { on, once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { newStation, openTestStore } from '../../../test/temporary-store.ts'
import type { LeaseMessage } from '../lease-messages.ts'
import type { Store } from '../store.ts'

interface Thread {
  readonly worker: Worker
  /** What it says next; nothing is missed, however late one asks. */
  next(): Promise<LeaseMessage>
}

function startThread(store: Store, stalledAfterMs = 60_000): Thread {
  const ticks = new SharedArrayBuffer(4)
  const lease = store.leaseThread({ stationId: 'station-a', leaseMs: 60_000, everyMs: 10, ticks, stalledAfterMs })
  const worker = new Worker(lease.module, { workerData: lease.workerData })
  onTestFinished(async () => {
    await worker.terminate()
  })
  const said = on(worker, 'message')
  return { worker, next: async () => (await said.next()).value?.[0] as LeaseMessage }
}

test('the thread renews the lease over its own connection and exits when it is told', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const { worker, next } = startThread(store)
  const exited = once(worker, 'exit')
  expect((await next()).kind).toBe('renewed')
  const [station] = await store.stations.list()
  expect(station?.leaseLeftMs).toBeGreaterThan(10_000)
  worker.postMessage({ kind: 'stop' })
  expect(await exited).toEqual([0])
})

test('the thread learns that its station was declared dead, says so and exits', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const { worker, next } = startThread(store)
  const exited = once(worker, 'exit')
  expect((await next()).kind).toBe('renewed')
  await store.stations.retire('station-a')
  let message = await next()
  while (message.kind === 'renewed') message = await next()
  expect(message).toEqual({ kind: 'dead' })
  await exited
})

test('the thread does not renew for a main loop that stands still', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const { next } = startThread(store, 0)
  expect(await next()).toEqual({ kind: 'stalled' })
  const [station] = await store.stations.list()
  expect(station?.leaseLeftMs).toBeLessThanOrEqual(10_000)
})

test('the thread follows the clock of its store', async () => {
  let ahead = 3_600_000
  const store = await openTestStore({ clock: () => Date.now() + ahead })
  await store.stations.register(newStation())
  const { next } = startThread(store)
  expect((await next()).kind).toBe('renewed')
  const [station] = await store.stations.list()
  ahead = 0
  expect(station?.leaseLeftMs).toBeGreaterThan(50_000)
})
