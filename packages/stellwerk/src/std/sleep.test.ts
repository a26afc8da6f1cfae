import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sleep } from './sleep.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('sleep resolves after its time and not before', async () => {
  const woken = vi.fn()
  const sleeping = sleep(1000).then(woken)
  await vi.advanceTimersByTimeAsync(999)
  expect(woken).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await sleeping
  expect(woken).toHaveBeenCalledOnce()
})

test('an abort ends the sleep at once, and leaves neither timer nor listener', async () => {
  const stopping = new AbortController()
  const remove = vi.spyOn(stopping.signal, 'removeEventListener')
  const sleeping = sleep(50_000, stopping.signal)
  stopping.abort(new Error('ignored'))
  await sleeping
  expect(vi.getTimerCount()).toBe(0)
  expect(remove).toHaveBeenCalledOnce()
})

test('an aborted signal and a time that is not above 0 start no timer', async () => {
  await Promise.all([sleep(50_000, AbortSignal.abort()), sleep(0), sleep(-5), sleep(Number.NaN)])
  expect(vi.getTimerCount()).toBe(0)
})

test('a sleep of a day uses no timer above 60 s and still lasts a day', async () => {
  const day = 86_400_000
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const woken = vi.fn()
  const sleeping = sleep(day).then(woken)
  await vi.advanceTimersByTimeAsync(day - 1)
  expect(woken).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await sleeping
  expect(Math.max(...timers.mock.calls.map(([, ms]) => ms ?? 0))).toBe(60_000)
})
