import type { ErrorCode } from '../domain/errors.ts'

/** What every lease thread gets beside its driver's own connection data. */
export interface LeaseThreadOptions {
  readonly stationId: string
  readonly leaseMs: number
  /** Lease renewals per lease: leaseMs / 3.3 by default (3 s of 10 s). */
  readonly everyMs: number
  /** Int32 counter that the main loop raises; no renewal once it has stood still for `stalledAfterMs`. */
  readonly ticks: SharedArrayBuffer
  readonly stalledAfterMs: number
}

/** From the thread: a renewal that won, one that found the station declared dead, or one that failed. `startedMs` is the shared monotonic clock (std/shared-clock) before it was sent. */
export type LeaseMessage =
  | { readonly kind: 'renewed'; readonly startedMs: number }
  | { readonly kind: 'dead' }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: ErrorCode }
  | { readonly kind: 'stalled' }

/** To the thread: end the loop and the connection, then exit. */
export type LeaseOrder = { readonly kind: 'stop' }
