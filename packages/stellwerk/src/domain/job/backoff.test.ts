import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StellwerkError } from '../errors.ts'
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

const forms = "a number of at least 0, or a text such as '500ms', '30s', '10m', '1h30m' or '2d'"
const remedy = `is not accepted: give ${forms}, a list of those, or { base, max }`

test.each<[unknown, string, string]>([
  [-1, 'backoff', `backoff: -1 is not a duration: give ${forms}`],
  ['soon', 'backoff', `backoff: "soon" is not a duration: give ${forms}`],
  [undefined, 'backoff', `backoff of type undefined ${remedy}`],
  [null, 'backoff', `backoff of type null ${remedy}`],
  [true, 'backoff', `backoff of type boolean ${remedy}`],
  [['1s', null], 'backoff[1]', `backoff[1] of type null ${remedy}`],
  [['soon'], 'backoff[0]', `backoff[0]: "soon" is not a duration: give ${forms}`],
  [[], 'backoff', 'backoff a list of 0 is not accepted: give 1 to 100 entries'],
  [Array(101).fill(1), 'backoff', 'backoff a list of 101 is not accepted: give 1 to 100 entries'],
  [{}, 'backoff.base', `backoff.base of type undefined ${remedy}`],
  [{ base: 1, max: true }, 'backoff.max', `backoff.max of type boolean ${remedy}`],
  [{ base: '1m', max: '1s' }, 'backoff.max', 'backoff.max 1000 ms is not accepted: give at least the base, 60000 ms'],
  ['400d', 'backoff', 'backoff "400d" is not accepted: give at most 365 days'],
  [365 * 86_400_000 + 1, 'backoff', 'backoff 31536000001 is not accepted: give at most 365 days'],
])('%j is refused by the name of its option, %s', (value, option, message) => {
  expect(() => parseBackoff(value)).toThrow(new StellwerkError('OPTION_INVALID', message, { details: { option } }))
})

test('the largest that is accepted: 365 days, a hundred entries, and a cap as low as the base', () => {
  expect(parseBackoff('365d')).toBe(31_536_000_000)
  expect(parseBackoff(Array(100).fill(1))).toHaveLength(100)
  expect(parseBackoff({ base: '1m', max: '1m' })).toEqual({ baseMs: 60_000, maxMs: 60_000 })
})
