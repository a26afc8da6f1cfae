import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['1h 30m', 5_400_000],
  ['2d', 172_800_000],
  ['0.5s', 500],
  [' 5s ', 5000],
  ['1d2h3m4s5ms', 93_784_005],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text, 'ms')).toBe(ms)
  expect(parseDuration(text, 's')).toBe(ms)
})

test('a bare number counts in the unit of the face that took it', () => {
  expect(parseDuration(90, 'ms')).toBe(90)
  expect(parseDuration(90, 's')).toBe(90_000)
  expect(parseDuration('90', 's')).toBe(90_000)
  expect(parseDuration('1.5', 's')).toBe(1500)
})

test.each([
  '',
  ' ',
  '-5s',
  '5',
  'ten',
  '5 5',
  '1h-30m',
  '5parsecs',
  '1e3s',
  'Infinity',
  '9'.repeat(70),
  '99999999999999999d',
])('the text %j is refused by name or read as a bare number', (text) => {
  if (text === '5') expect(parseDuration(text, 'ms')).toBe(5)
  else expect(() => parseDuration(text, 'ms')).toThrow(JSON.stringify(text.slice(0, 64)))
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('the number %d is refused by name', (value) => {
  expect(() => parseDuration(value, 'ms')).toThrow(RangeError)
  expect(() => parseDuration(value, 'ms')).toThrow(`${value} is not a duration: give a number`)
})

test.each([
  [0, '0ms'],
  [849.6, '850ms'],
  [999.6, '1s'],
  [1500, '1.5s'],
  [59_960, '1m'],
  [125_000, '2m5s'],
  [3_599_999, '1h'],
  [5_400_000, '1h30m'],
  [273_600_000, '3d4h'],
  [-1500, '-1.5s'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d ms is shown as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('what is shown can be read back, within the rounding of its smaller unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (ms) => {
      const back = parseDuration(formatDuration(ms), 'ms')
      expect(Math.abs(back - ms)).toBeLessThanOrEqual(Math.max(50, ms / 48))
    }),
  )
})
