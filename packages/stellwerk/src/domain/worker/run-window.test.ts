import { expect, test } from 'vitest'
import { RunWindow } from './run-window.ts'

test('rates are those of the last five minutes, totals those of ever', () => {
  const window = new RunWindow(0)
  window.note(1_000, { isFailure: true, runMs: 100 })
  window.note(400_000, { isFailure: false, runMs: 10 })
  window.note(400_001, { isFailure: false, runMs: 30 })
  expect(window.rates(410_000)).toEqual({ throughputPerMinute: 0.4, meanRunMs: 20, errorRatio: 0 })
  expect(window).toMatchObject({ done: 2, failed: 1 })
})

test('a young window divides by its own age, but by no less than ten seconds', () => {
  const window = new RunWindow(0)
  for (let job = 0; job < 10; job++) window.note(500, { isFailure: job === 0, runMs: 1 })
  expect(window.rates(1_000)).toEqual({ throughputPerMinute: 60, meanRunMs: 1, errorRatio: 0.1 })
  expect(window.rates(60_000).throughputPerMinute).toBe(10)
})

test('nothing ended means zero everywhere', () => {
  expect(new RunWindow(0).rates(5)).toEqual({ throughputPerMinute: 0, meanRunMs: 0, errorRatio: 0 })
})

test('however many runs end, each counts for five minutes and no longer', () => {
  const window = new RunWindow(0)
  for (let second = 0; second < 3_610; second++) window.note(second * 1_000, { isFailure: false, runMs: 20 })
  expect(window.rates(3_609_999)).toEqual({ throughputPerMinute: 60, meanRunMs: 20, errorRatio: 0 })
  expect(window.done).toBe(3_610)
})

test('runs are out of the window exactly five minutes after the first of their ten seconds', () => {
  const window = new RunWindow(0)
  window.note(1_000, { isFailure: true, runMs: 100 })
  window.note(10_999, { isFailure: true, runMs: 100 })
  window.note(11_000, { isFailure: false, runMs: 10 })
  expect(window.rates(300_999)).toEqual({ throughputPerMinute: 0.6, meanRunMs: 70, errorRatio: 2 / 3 })
  expect(window.rates(301_000)).toEqual({ throughputPerMinute: 0.2, meanRunMs: 10, errorRatio: 0 })
})

test('the age of a window counts from its own beginning, whatever the clock showed then', () => {
  const window = new RunWindow(5_000_000)
  window.note(5_000_500, { isFailure: false, runMs: 1 })
  expect(window.rates(5_030_000).throughputPerMinute).toBe(2)
})
