import { expect, test } from 'vitest'
import { ailmentsOf } from './worker-health.ts'

const well = { status: 'active', beatAgeMs: 1_000, cpuPercent: 20 }

function codesOf(worker: Partial<typeof well>): readonly string[] {
  return ailmentsOf({ ...well, ...worker }).map(({ code }) => code)
}

test('a worker with a fresh heartbeat and CPU to spare is healthy', () => {
  expect(codesOf({})).toEqual([])
  expect(codesOf({ beatAgeMs: 119_999, cpuPercent: 94.9 })).toEqual([])
})

test('two minutes without a heartbeat, or 95 % of a core, are not healthy', () => {
  expect(codesOf({ beatAgeMs: 120_000 })).toEqual(['heartbeat_old'])
  expect(codesOf({ cpuPercent: 95 })).toEqual(['cpu_high'])
})

test.each([
  [{ status: 'lost' }, 'the lease of its station is over'],
  [{ status: 'stopped' }, 'it has stopped'],
  [{ status: 'failed' }, 'it has failed'],
  [{ beatAgeMs: 150_000 }, 'its last heartbeat is 2m30s old; under 2m is healthy'],
  [{ cpuPercent: 142.6 }, 'it takes 143 % of a core; under 95 % is healthy'],
])('of a worker with %j it is said: %s', (worker, detail) => {
  expect(ailmentsOf({ ...well, ...worker }).map((ailment) => ailment.detail)).toEqual([detail])
})

test('the age of a heartbeat is its total age, beyond the hour too', () => {
  expect(codesOf({ beatAgeMs: 3_600_000 + 5_000 })).toEqual(['heartbeat_old'])
})

test('a lost worker and one that has ended are not healthy, whatever they said last', () => {
  expect(codesOf({ status: 'lost' })).toEqual(['lost'])
  expect(codesOf({ status: 'stopped' })).toEqual(['ended'])
  expect(codesOf({ status: 'failed', cpuPercent: 99 })).toEqual(['ended', 'cpu_high'])
})

test('other limits may hold', () => {
  expect(ailmentsOf({ ...well, beatAgeMs: 6_000 }, { beatAgeMs: 5_000, cpuPercent: 95 })).toHaveLength(1)
})
