import { expect, test } from 'vitest'
import { ClaimPace } from './claim-pace.ts'

test('it is the 99th percentile of the newest 200 claims', () => {
  const pace = new ClaimPace()
  expect(pace.p99Ms()).toBe(0)
  for (let claim = 0; claim < 98; claim += 1) pace.note(2)
  pace.note(70)
  expect(pace.p99Ms()).toBe(70)
  pace.note(1)
  expect(pace.p99Ms()).toBe(2)
  for (let claim = 0; claim < 200; claim += 1) pace.note(3)
  expect(pace.p99Ms()).toBe(3)
  pace.forget()
  expect(pace.p99Ms()).toBe(0)
})

test('a measured claim gives what the store gives, and is counted', async () => {
  const pace = new ClaimPace()
  const claims = pace.measured({
    claim: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return []
    },
  } as unknown as Parameters<ClaimPace['measured']>[0])
  expect(await claims.claim({ stationId: 'station-a', shares: [], limit: 1 })).toEqual([])
  expect(pace.p99Ms()).toBeGreaterThan(0)
})
