import { expect, test } from 'vitest'
import { readSpan, resolveSpan, resolveTime, writeSpan } from './time-point.ts'

const now = Date.UTC(2026, 2, 1, 12)

test.for([
  ['now', now],
  ['-90m', now - 90 * 60_000],
  ['-7d', now - 7 * 86_400_000],
  ['2026-03-01', Date.UTC(2026, 2, 1)],
  ['2026-03-01T10:30', Date.UTC(2026, 2, 1, 10, 30)],
  ['2026-03-01T10:30:15.250Z', Date.UTC(2026, 2, 1, 10, 30, 15, 250)],
  ['2026-03-01T10:30+02:00', Date.UTC(2026, 2, 1, 8, 30)],
] as const)('%s is a moment', ([text, ms]) => {
  expect(resolveTime(text, now, 'utc')).toBe(ms)
})

test('a moment without a zone is read in the zone that the browser is in', () => {
  expect(resolveTime('2026-03-01T10:30', now, 'local')).toBe(new Date(2026, 2, 1, 10, 30).getTime())
})

test.for([
  '',
  'yesterday',
  '5m',
  '-5',
  '-5y',
  '-1234567d',
  '2026-3-1',
  '2026-02-30',
  '2026-13-01',
  '2026-03-01T25:00',
  '1700000000000',
])('%j is no moment', (text) => {
  expect(resolveTime(text, now, 'utc')).toBeNull()
})

test.for([
  ['-1h', { from: '-1h', to: null }],
  ['-1h..now', { from: '-1h', to: 'now' }],
  ['..2026-03-01', { from: null, to: '2026-03-01' }],
] as const)('%s is a span and is written the same', ([text, span]) => {
  expect(readSpan(text)).toEqual(span)
  expect(writeSpan(span)).toBe(text)
})

test.for(['', '..', 'a..b', '-1h..-2h..now', '-1h...now', 'now..-1h', '2026-03-02..2026-03-01'])(
  '%j is no span',
  (text) => {
    expect(readSpan(text)).toBeNull()
  },
)

test('a span as moments: open to now, and empty where it turns out to be backward', () => {
  const clock = { nowMs: now, zone: 'utc' } as const
  expect(resolveSpan({ from: '-1h', to: 'now' }, clock)).toEqual({ fromMs: now - 3_600_000, toMs: null })
  expect(resolveSpan({ from: '-1h', to: '2026-01-01' }, clock)).toEqual({
    fromMs: now - 3_600_000,
    toMs: now - 3_600_000,
  })
  expect(resolveSpan(null, clock)).toEqual({ fromMs: null, toMs: null })
})
