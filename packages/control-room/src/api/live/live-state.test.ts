import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'
import { type Contact, liveMode } from './live-state.ts'

const contact: Contact = {
  isPaused: false,
  isConnected: false,
  failures: 0,
  lastAt: 1_000,
  answeredAt: 0,
  lostAt: 1_000,
  now: 1_500,
}

test.each([
  ['connecting', {}],
  ['live', { isConnected: true }],
  ['live', { isConnected: true, now: 900_000 }],
  ['stale', { failures: 1, now: 6_500 }],
  ['polling', { failures: 3, now: 6_500, lastAt: 4_000, answeredAt: 4_000 }],
  ['polling', { failures: 9, now: 20_000, lastAt: 4_000, answeredAt: 4_000 }],
  ['polling', { failures: 3, now: 6_500, lastAt: 4_000, answeredAt: 4_000, lostAt: 0 }],
  ['stale', { failures: 3, now: 6_500, answeredAt: 900 }],
  ['stale', { failures: 9, now: 60_000, lastAt: 4_000, answeredAt: 4_000 }],
  ['stale', { failures: 3, lastAt: 0, lostAt: 0, now: 60_000 }],
  ['paused', { isPaused: true, now: 900_000 }],
] as const)('it is %s with %j', (mode, change) => {
  expect(liveMode({ ...contact, ...change })).toBe(mode)
})

test('pauses double up to half a minute, and no two tabs come back at once', () => {
  expect([1, 2, 3, 20].map((failures) => backoff(failures, 0))).toEqual([250, 500, 1_000, 15_000])
  expect([1, 2, 3, 20].map((failures) => backoff(failures, 0.999))).toEqual([500, 1_000, 1_999, 29_985])
})
