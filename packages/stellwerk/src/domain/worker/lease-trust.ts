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

/** What a rescuer knows of its own contact with the store; monotonic, ms. */
export interface RescuerView {
  readonly leaseMs: number
  /** Start of the first renewal of its own lease that has succeeded since the last failed contact (or ever, where none failed); null while there is none. */
  readonly renewedSinceMs: number | null
  /** End of the last contact that failed, null where none ever did. */
  readonly lastFailedContactMs: number | null
  /** How long the store has been up, where it can tell (a server); null for a file. */
  readonly storeUpMs: number | null
}

/**
 * Whether a rescuer may declare anyone dead: after a failed contact it must first have renewed its own lease and then waited one full lease, and a server must
 * have been up for longer than one: so that everyone who was cut off by the same outage had the time to renew.
 */
export function mayRescue(now: number, view: RescuerView): boolean {
  const { leaseMs, renewedSinceMs, lastFailedContactMs, storeUpMs } = view
  if (renewedSinceMs === null || (storeUpMs !== null && storeUpMs <= leaseMs)) return false
  if (lastFailedContactMs === null) return true
  return renewedSinceMs >= lastFailedContactMs && now - renewedSinceMs >= leaseMs
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
