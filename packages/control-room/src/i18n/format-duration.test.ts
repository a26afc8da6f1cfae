import { expect, test } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { createFormatters } from './formatters.ts'

const english = createFormatters({ language: 'en', units: en.units, timeZone: 'UTC' })
const german = createFormatters({ language: 'de', units: de.units, timeZone: 'Europe/Berlin' })

test.each([
  [0, '0 ms'],
  [9.6, '10 ms'],
  [99.4, '99 ms'],
  [400, '0.4 s'],
  [9_949, '9.9 s'],
  [9_999, '10 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [134_000, '2 min 14 s'],
  [3_600_000, '1 h'],
  [11_100_000, '3 h 5 min'],
  [180_000_000, '2 d 2 h'],
  [null, '–'],
])('%d ms are %s', (ms, written) => {
  expect(english.duration(ms).replaceAll('\u00a0', ' ')).toBe(written)
})

test('a span is broken between its two figures, never between a figure and its unit', () => {
  expect(english.duration(134_000)).toBe('2\u00a0min 14\u00a0s')
  expect(german.duration(42_000)).toBe('42\u00a0s')
})

test('numbers and times are written as the language wants them', () => {
  expect([english.number(12_431.25), german.number(12_431.25)]).toEqual(['12,431.3', '12.431,3'])
  expect([english.compact(12_431), german.compact(12_431), english.compact(1_240_000)]).toEqual([
    '12,431',
    '12.431',
    '1.2M',
  ])
  expect([english.percent(0.081), german.percent(0.081)]).toEqual(['8.1%', '8,1\u00a0%'])
  expect([german.bytes(0), english.bytes(512), english.bytes(54_945_382)]).toEqual(['0 B', '512 B', '52.4 MB'])
  expect([english.time('2027-01-31T22:05:09Z'), german.time('2027-01-31T23:05:09Z')]).toEqual(['22:05:09', '00:05:09'])
})
