import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStellwerkError, StellwerkError } from '../errors.ts'
import { formatPriority, parsePriority } from './priority.ts'

test.each([
  ['low', -10],
  ['normal', 0],
  ['high', 10],
  ['critical', 20],
  ['-100', -100],
  ['+7', 7],
  [100, 100],
])('%j means %d', (value, priority) => {
  expect(parsePriority(value)).toBe(priority)
})

test('every priority can be shown and read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100, max: 100 }), (priority) => {
      expect(parsePriority(formatPriority(priority))).toBe(priority)
      expect(Object.is(parsePriority(-priority), -0)).toBe(false)
    }),
  )
})

test.each([
  101,
  -101,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' 1',
  '1.0',
  '1e1',
  '0x1',
  'HIGH',
  'toString',
  '__proto__',
  null,
  undefined,
  true,
  [5],
  {},
  5n,
  Symbol('high'),
])('the priority %s is refused with the remedy', (value) => {
  let thrown: unknown
  try {
    parsePriority(value)
  } catch (error) {
    thrown = error
  }
  expect(isStellwerkError(thrown, 'OPTION_INVALID')).toBe(true)
  expect(String(thrown)).toContain('give an integer from -100 to 100 or low, normal, high, critical')
})

test.each([
  ['urgent', '"urgent"'],
  ['u'.repeat(50), `"${'u'.repeat(40)}"`],
  [101, '101'],
  [10n ** 50n, `1${'0'.repeat(39)}`],
  [null, 'null'],
  [[5], 'of type array'],
  [{ name: 'high' }, 'of type object'],
])('the refused value is named, but not at length: %o', (value, shown) => {
  const message = `priority ${shown} is not accepted: give an integer from -100 to 100 or low, normal, high, critical`
  expect(() => parsePriority(value)).toThrow(
    new StellwerkError('OPTION_INVALID', message, { details: { option: 'priority', value: shown } }),
  )
})

test.each([
  [-10, 'low'],
  [0, 'normal'],
  [10, 'high'],
  [20, 'critical'],
  [7, '7'],
  [-100, '-100'],
])('the priority %d is shown as %s', (priority, shown) => {
  expect(formatPriority(priority)).toBe(shown)
})
