import { expect, test } from 'vitest'
import { displayWidth, fitWidth } from './display-width.ts'

test('wide scripts take two columns, combining marks none', () => {
  expect(displayWidth('abc')).toBe(3)
  expect(displayWidth('車両')).toBe(4)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('🚂')).toBe(2)
})

test('a text is cut to its columns and says so', () => {
  expect(fitWidth('locomotive', 20)).toBe('locomotive')
  expect(fitWidth('locomotive', 5)).toBe('loco…')
  expect(fitWidth('車両基地', 5)).toBe('車両…')
  expect(displayWidth(fitWidth('車両基地', 4))).toBeLessThanOrEqual(4)
})
