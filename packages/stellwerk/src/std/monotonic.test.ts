import { expect, test } from 'vitest'
import { monotonicMs } from './monotonic.ts'

test('the monotonic clock does not run backwards, and is not the time of day', () => {
  const readings = Array.from({ length: 100 }, monotonicMs)
  expect(readings).toEqual(readings.toSorted((a, b) => a - b))
  expect(readings[0]).toBeLessThan(1e11)
})
