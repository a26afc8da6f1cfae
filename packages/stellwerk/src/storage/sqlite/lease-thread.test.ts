import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { newStation, openTestStore } from '../../../test/temporary-store.ts'
import type { LeaseMessage } from '../lease-messages.ts'
import type { Store } from '../store.ts'

function startThread(store: Store, stalledAfterMs = 60_000): Worker {
  const ticks = new SharedArrayBuffer(4)
  const lease = store.leaseThread({ stationId: 'station-a', leaseMs: 60_000, everyMs: 10, ticks, stalledAfterMs })
  const worker = new Worker(lease.module, { workerData: lease.workerData })
  onTestFinished(async () => {
    await worker.terminate()
  })
  return worker
}

async function nextMessage(worker: Worker): Promise<LeaseMessage> {
  const [message] = await once(worker, 'message')
  return message
}

test('the thread renews the lease over its own connection and exits when it is told', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const worker = startThread(store)
  expect((await nextMessage(worker)).kind).toBe('renewed')
  const [station] = await store.stations.list()
  expect(station?.leaseLeftMs).toBeGreaterThan(10_000)
  worker.postMessage({ kind: 'stop' })
  expect(await once(worker, 'exit')).toEqual([0])
})

test('the thread learns that its station was declared dead, says so and exits', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const worker = startThread(store)
  expect((await nextMessage(worker)).kind).toBe('renewed')
  await store.stations.retire('station-a')
  let message = await nextMessage(worker)
  while (message.kind === 'renewed') message = await nextMessage(worker)
  expect(message).toEqual({ kind: 'dead' })
  await once(worker, 'exit')
})

test('the thread does not renew for a main loop that stands still', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const worker = startThread(store, 0)
  expect(await nextMessage(worker)).toEqual({ kind: 'stalled' })
  const [station] = await store.stations.list()
  expect(station?.leaseLeftMs).toBeLessThanOrEqual(10_000)
})

test('the thread follows the clock of its store', async () => {
  let ahead = 3_600_000
  const store = await openTestStore({ clock: () => Date.now() + ahead })
  await store.stations.register(newStation())
  const worker = startThread(store)
  expect((await nextMessage(worker)).kind).toBe('renewed')
  const [station] = await store.stations.list()
  ahead = 0
  expect(station?.leaseLeftMs).toBeGreaterThan(50_000)
})
