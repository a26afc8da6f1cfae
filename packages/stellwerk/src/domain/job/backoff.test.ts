import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStellwerkError } from '../errors.ts'
import { defaultBackoff, parseBackoff, retryDelay } from './backoff.ts'

test('a number is the delay before every retry', () => {
  expect([1, 2, 9].map((attempt) => retryDelay(attempt, 250, 0.7))).toEqual([250, 250, 250])
})

test('attempt n takes entry n of a list, the last one repeats', () => {
  expect([1, 2, 3, 4, 1000].map((attempt) => retryDelay(attempt, [10, 20, 30], 0))).toEqual([10, 20, 30, 30, 30])
})

test('the default doubles from 5 s to 1 h', () => {
  const middle = [1, 2, 3, 10, 11, 5000].map((attempt) => retryDelay(attempt, defaultBackoff, 0.5))
  expect(middle).toEqual([5000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000])
})

test('the spread is ten percent to either side', () => {
  expect(retryDelay(1, defaultBackoff, 0)).toBe(4500)
  expect(retryDelay(1, defaultBackoff, 1 - Number.EPSILON)).toBe(5500)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delay = retryDelay(attempt, defaultBackoff, random)
        const middle = Math.min(5000 * 2 ** (attempt - 1), 3_600_000)
        expect(delay).toBeGreaterThanOrEqual(Math.floor(middle * 0.9))
        expect(delay).toBeLessThanOrEqual(Math.ceil(middle * 1.1))
      },
    ),
  )
})

test.each<[unknown, unknown]>([
  [1500, 1500],
  ['30s', 30_000],
  [
    ['30s', '1m', 5],
    [30_000, 60_000, 5],
  ],
  [
    { base: '1s', max: '1m' },
    { baseMs: 1000, maxMs: 60_000 },
  ],
  [{ base: '1s' }, { baseMs: 1000, maxMs: 3_600_000 }],
  [{ base: '2h' }, { baseMs: 7_200_000, maxMs: 7_200_000 }],
])('%j is read', (value, backoff) => {
  expect(parseBackoff(value)).toEqual(backoff)
})

test.each<[unknown, string]>([
  [-1, 'backoff: -1 is not a duration'],
  ['soon', 'backoff: "soon" is not a duration'],
  [['1s', null], 'backoff[1] of type null is not accepted'],
  [[], 'backoff a list of 0 is not accepted'],
  [{}, 'backoff.base of type undefined is not accepted'],
  [{ base: '1m', max: '1s' }, 'backoff.max 1000 ms is not accepted: give at least the base'],
  ['400d', 'give at most 365 days'],
  [undefined, 'backoff of type undefined'],
  [true, 'backoff of type boolean'],
])('%j is refused by name', (value, message) => {
  let thrown: unknown
  try {
    parseBackoff(value)
  } catch (error) {
    thrown = error
  }
  expect(isStellwerkError(thrown, 'OPTION_INVALID')).toBe(true)
  expect(String(thrown)).toContain(message)
})
