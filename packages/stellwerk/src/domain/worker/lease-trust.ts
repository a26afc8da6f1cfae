/** A lease as its holder sees it: all times of the monotonic clock, ms. A renewal counts from before it was sent. */
export interface LeaseView {
  readonly lastRenewalStartedMs: number
  readonly leaseMs: number
}

/** Figures of the product, ms. The margin covers a claim that is under way while the lease runs out. */
export const leaseDefaults = {
  leaseMs: 10_000,
  renewEveryMs: 3000,
  marginMs: 2000,
  lostContactGraceMs: 30_000,
  sweepEveryMs: 2000,
} as const

/** Wall and monotonic clock may part this far before the machine is taken to have slept, ms. */
export const SLEEP_THRESHOLD_MS = 2000

/** Whether a station may claim now: its last renewal is surely no older than the lease less the margin. */
export function mayClaim(now: number, lease: LeaseView, marginMs: number): boolean {
  return now < lease.lastRenewalStartedMs + lease.leaseMs - marginMs
}

/** When trust in this station ends (monotonic, ms): until then its handlers run on without contact, from then on they are aborted and leave. */
export function trustedUntil(lease: LeaseView, lostContactGraceMs: number): number {
  return lease.lastRenewalStartedMs + lease.leaseMs + lostContactGraceMs
}

/** Contact of a station with its store, as its renewals show it; monotonic, ms. */
export interface Contact {
  /** Start of the newest renewal that succeeded, null before the first. */
  readonly lastRenewalStartedMs: number | null
  /** Start of the first one of the unbroken series that lasts until now, null while contact is lost. */
  readonly unbrokenSinceMs: number | null
}

/** The contact of a station that has just started. */
export const noContact: Contact = { lastRenewalStartedMs: null, unbrokenSinceMs: null }

/** After a renewal that succeeded. A pause longer than the lease breaks the series like a failure: this process may have slept through an outage. */
export function afterRenewal(contact: Contact, startedMs: number, leaseMs: number): Contact {
  const { lastRenewalStartedMs: last, unbrokenSinceMs: since } = contact
  const goesOn = last !== null && since !== null && startedMs - last <= leaseMs
  return { lastRenewalStartedMs: startedMs, unbrokenSinceMs: goesOn ? since : startedMs }
}

/** After any contact with the store that failed. */
export function afterFailedContact(contact: Contact): Contact {
  return { ...contact, unbrokenSinceMs: null }
}

/** What a rescuer goes by. `storeUpMs`: how long the server has been up, null where the store is a file. */
export interface RescuerView {
  readonly leaseMs: number
  readonly contact: Contact
  readonly storeUpMs: number | null
}

/** A rescuer's own renewal is no older than this share of a lease; renewals come at 0.3. */
const FRESH_SHARE = 0.5

/**
 * Whether a rescuer may declare anyone dead: only after one full lease of unbroken contact of its own, its own last renewal being younger than half a lease, and
 * with a server that has been up for longer than a lease. So everyone whom the same outage cut off had the time to renew: who lives renews at 0.3 of a lease,
 * so its lease lapses 0.7 of one after the outage began, when nobody's renewal is that young any more.
 */
export function mayRescue(now: number, { leaseMs, contact, storeUpMs }: RescuerView): boolean {
  const { lastRenewalStartedMs: last, unbrokenSinceMs: since } = contact
  if (last === null || since === null || now - last >= leaseMs * FRESH_SHARE) return false
  return now - since >= leaseMs && (storeUpMs === null || storeUpMs > leaseMs)
}

/** Two readings of both clocks at one moment, ms. */
export interface ClockReading {
  readonly wallMs: number
  readonly monotonicMs: number
}

/** How far the wall clock ran ahead of the monotonic one, ms: the time that the machine slept; 0 where they went together within 2 s or the wall clock stepped back. */
export function sleptBetween(before: ClockReading, now: ClockReading): number {
  const ahead = now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs)
  return ahead > SLEEP_THRESHOLD_MS ? ahead : 0
}
