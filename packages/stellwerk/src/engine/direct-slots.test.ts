import { expect, test, vi } from 'vitest'
import { newJob } from '../../test/temporary-store.ts'
import { bornClaimed } from '../storage/born-claimed.ts'
import { DirectSlots } from './direct-slots.ts'

function directSlots(changes: { free?: number; id?: () => string } = {}) {
  const onTaken = vi.fn()
  const onDoubt = vi.fn()
  const slots = new DirectSlots({
    mayRun: (job) => job.type === 'send',
    stationId: changes.id ?? (() => 'a'),
    free: () => changes.free ?? 2,
    onTaken,
    onDoubt,
  })
  slots.see(0)
  return { slots, onTaken, onDoubt }
}

const job = newJob({ type: 'send' })

test('what is promised is not promised twice, and is free again afterwards', () => {
  const { slots } = directSlots()
  const first = slots.offer([job])
  expect(slots.offer([job, job])).toBeUndefined()
  expect(slots.reserved).toBe(1)
  first?.release()
  expect(slots.reserved).toBe(0)
  expect(slots.offer([job, job])).toBeDefined()
})

test('beside other stations nothing is promised', () => {
  const { slots } = directSlots()
  slots.see(1)
  expect(slots.offer([job])).toBeUndefined()
  slots.see(0)
  expect(slots.offer([job])).toBeDefined()
})

test('a job that is due later, or that the station does not run, goes the usual way', () => {
  const { slots } = directSlots()
  for (const other of [{ delayMs: 1 }, { runAt: 1 }, { type: 'unknown' }]) {
    expect(slots.offer([job, newJob({ type: 'send', ...other })])).toBeUndefined()
  }
  expect(slots.offer([])).toBeUndefined()
})

test('jobs that were claimed under an id the station has lost are left to the rescue', () => {
  let id = 'a'
  const { slots, onTaken } = directSlots({ id: () => id })
  const offer = slots.offer([job])
  id = 'b'
  offer?.take(bornClaimed([job], [1], 0))
  expect(onTaken).not.toHaveBeenCalled()
  expect(slots.reserved).toBe(0)
})

test('closing waits for what was promised, and promises nothing more', async () => {
  const { slots, onTaken } = directSlots()
  const offer = slots.offer([job])
  const closed = vi.fn()
  const closing = slots.close().then(closed)
  expect(slots.offer([job])).toBeUndefined()
  await Promise.resolve()
  expect(closed).not.toHaveBeenCalled()
  offer?.take(bornClaimed([job], [1], 0))
  await closing
  expect(onTaken).toHaveBeenCalledOnce()
})

test('a doubt frees the slots and makes the station look what it holds', () => {
  const { slots, onDoubt } = directSlots()
  slots.offer([job])?.doubt()
  expect(slots.reserved).toBe(0)
  expect(onDoubt).toHaveBeenCalledOnce()
})
