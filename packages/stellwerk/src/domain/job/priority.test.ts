import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStellwerkError } from '../errors.ts'
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

test('the refused value is named', () => {
  expect(() => parsePriority('urgent')).toThrow('priority "urgent" is not accepted')
  expect(() => parsePriority(101)).toThrow('priority 101 is not accepted')
})
