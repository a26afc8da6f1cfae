import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { monotonicMs } from '../std/monotonic.ts'
import { DeadlineWatch } from './deadline-watch.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('each item is due once, within 50 ms of its time, whatever its duration', () => {
  const due: string[] = []
  const watch = new DeadlineWatch<{ name: string }>(({ name }) => due.push(name))
  watch.add({ name: 'long' }, 1_000, monotonicMs())
  watch.add({ name: 'short' }, 100, monotonicMs())
  vi.advanceTimersByTime(99)
  expect(due).toEqual([])
  vi.advanceTimersByTime(51)
  expect(due).toEqual(['short'])
  vi.advanceTimersByTime(900)
  expect(due).toEqual(['short', 'long'])
  vi.advanceTimersByTime(5_000)
  expect(due).toHaveLength(2)
  watch.close()
})

test('an item that was removed is never due, and removing one twice or one unknown is no matter', () => {
  const due: unknown[] = []
  const watch = new DeadlineWatch<object>((item) => due.push(item))
  const item = {}
  watch.add(item, 100, monotonicMs())
  watch.remove(item, 100)
  watch.remove(item, 100)
  watch.remove({}, 7)
  vi.advanceTimersByTime(1_000)
  expect(due).toEqual([])
  watch.close()
})

test('no timer runs while nothing is watched', () => {
  const watch = new DeadlineWatch<object>(() => undefined)
  expect(vi.getTimerCount()).toBe(0)
  watch.add({}, 100, monotonicMs())
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(vi.getTimerCount()).toBe(0)
  watch.add({}, 100, monotonicMs())
  watch.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('an item may be added while another is told to be due', () => {
  const due: number[] = []
  const watch = new DeadlineWatch<{ n: number }>(({ n }) => {
    due.push(n)
    if (n < 3) watch.add({ n: n + 1 }, 100, monotonicMs())
  })
  watch.add({ n: 1 }, 100, monotonicMs())
  vi.advanceTimersByTime(1_000)
  expect(due).toEqual([1, 2, 3])
  watch.close()
})
