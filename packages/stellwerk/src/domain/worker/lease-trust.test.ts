import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaseDefaults, mayClaim, mayRescue, type RescuerView, sleptBetween, trustedUntil } from './lease-trust.ts'

const lease = { lastRenewalStartedMs: 1000, leaseMs: 10_000 }

test('a station claims until its lease less the margin', () => {
  expect(mayClaim(8999, lease, 2000)).toBe(true)
  expect(mayClaim(9000, lease, 2000)).toBe(false)
})

test('who may claim is trusted, and nobody is trusted beyond lease and grace', () => {
  expect(trustedUntil(lease, 30_000)).toBe(41_000)
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (now, lastRenewalStartedMs) => {
      const view = { lastRenewalStartedMs, leaseMs: leaseDefaults.leaseMs }
      if (mayClaim(now, view, leaseDefaults.marginMs)) expect(now).toBeLessThan(trustedUntil(view, 0))
    }),
  )
})

const view: RescuerView = { leaseMs: 10_000, renewedSinceMs: 5000, lastFailedContactMs: null, storeUpMs: null }

test('a rescuer that never lost contact may rescue at once, but not before its own first renewal', () => {
  expect(mayRescue(5001, view)).toBe(true)
  expect(mayRescue(5001, { ...view, renewedSinceMs: null })).toBe(false)
})

test('after a failed contact it renews first and then waits one full lease', () => {
  const cutOff = { ...view, lastFailedContactMs: 6000 }
  expect(mayRescue(99_000, cutOff)).toBe(false)
  expect(mayRescue(17_999, { ...cutOff, renewedSinceMs: 8000 })).toBe(false)
  expect(mayRescue(18_000, { ...cutOff, renewedSinceMs: 8000 })).toBe(true)
})

test('a server that has only just come up is given one lease', () => {
  expect(mayRescue(9000, { ...view, storeUpMs: 10_000 })).toBe(false)
  expect(mayRescue(9000, { ...view, storeUpMs: 10_001 })).toBe(true)
})

test('a machine slept where the wall clock ran ahead by more than two seconds', () => {
  const before = { wallMs: 1_000_000, monotonicMs: 50 }
  expect(sleptBetween(before, { wallMs: 1_004_000, monotonicMs: 2050 })).toBe(0)
  expect(sleptBetween(before, { wallMs: 1_004_001, monotonicMs: 2050 })).toBe(2001)
  expect(sleptBetween(before, { wallMs: 0, monotonicMs: 2050 })).toBe(0)
})
