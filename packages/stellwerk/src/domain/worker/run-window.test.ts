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
