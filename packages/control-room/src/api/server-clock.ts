let aheadMs = 0

/** Learns how far the store's clock is ahead of this browser's; times are shown relative to the store's. */
export function noteServerTime(at: string): void {
  const ahead = Date.parse(at) - Date.now()
  // Below that it is the way of the answer, not the clock.
  aheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead
}

/** The store's time now as far as known, in Unix ms. */
export function serverNow(): number {
  return Date.now() + aheadMs
}
