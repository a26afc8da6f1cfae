import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  afterFailedContact,
  afterRenewal,
  type Contact,
  leaseDefaults,
  mayClaim,
  mayRescue,
  noContact,
  sleptBetween,
  trustedUntil,
} from './lease-trust.ts'

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

function contactAfter(...renewals: readonly (number | 'failed')[]): Contact {
  return renewals.reduce<Contact>(
    (contact, at) => (at === 'failed' ? afterFailedContact(contact) : afterRenewal(contact, at, 10_000)),
    noContact,
  )
}

function rescues(now: number, contact: Contact, storeUpMs: number | null = null): boolean {
  return mayRescue(now, { leaseMs: 10_000, contact, storeUpMs })
}

test('a rescuer waits one lease of unbroken contact after its start', () => {
  expect(rescues(5000, noContact)).toBe(false)
  expect(rescues(9999, contactAfter(0, 3000, 6000, 9000))).toBe(false)
  expect(rescues(10_000, contactAfter(0, 3000, 6000, 9000))).toBe(true)
})

test('a failed contact starts the wait anew, from the next renewal that succeeds', () => {
  expect(rescues(90_000, contactAfter(0, 89_000, 'failed'))).toBe(false)
  const back = contactAfter(0, 'failed', 20_000, 23_000, 26_000, 29_000)
  expect(rescues(29_999, back)).toBe(false)
  expect(rescues(30_000, back)).toBe(true)
})

test('a failure starts the wait anew even where the next renewal succeeds within the lease', () => {
  const back = contactAfter(0, 3000, 'failed', 6000, 9000, 12_000, 15_000)
  expect(rescues(15_999, back)).toBe(false)
  expect(rescues(16_000, back)).toBe(true)
})

test('a failure does not undo the renewals before it: the lease runs on', () => {
  expect(contactAfter(0, 3000, 'failed')).toEqual({ lastRenewalStartedMs: 3000, unbrokenSinceMs: null })
})

test('renewals exactly a lease apart are unbroken, one millisecond more breaks them', () => {
  expect(contactAfter(5000, 15_000).unbrokenSinceMs).toBe(5000)
  expect(contactAfter(5000, 15_001).unbrokenSinceMs).toBe(15_001)
})

test('a process that stood still for longer than a lease starts the wait anew, and rescues nobody before it has renewed', () => {
  const before = contactAfter(0, 3000, 6000, 9000, 12_000)
  expect(rescues(60_000, before)).toBe(false)
  expect(rescues(60_001, afterRenewal(before, 60_000, 10_000))).toBe(false)
})

test('whose own renewal is half a lease old rescues nobody: it may be cut off like those whose leases lapse', () => {
  const contact = contactAfter(0, 3000, 6000, 9000)
  expect(rescues(13_999, contact)).toBe(true)
  expect(rescues(14_000, contact)).toBe(false)
})

test('a server that has only just come up is given one lease', () => {
  const contact = contactAfter(0, 9000)
  expect(rescues(12_000, contact, 10_000)).toBe(false)
  expect(rescues(12_000, contact, 10_001)).toBe(true)
})

test('a machine slept where the wall clock ran ahead by more than two seconds', () => {
  const before = { wallMs: 1_000_000, monotonicMs: 50 }
  expect(sleptBetween(before, { wallMs: 1_004_000, monotonicMs: 2050 })).toBe(0)
  expect(sleptBetween(before, { wallMs: 1_004_001, monotonicMs: 2050 })).toBe(2001)
  expect(sleptBetween(before, { wallMs: 0, monotonicMs: 2050 })).toBe(0)
})
