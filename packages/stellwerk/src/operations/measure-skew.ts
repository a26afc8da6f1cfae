import { hostClockMs } from '../std/host-clock.ts'
import type { Store } from '../storage/store.ts'

const looks = 3

/** How far the server's clock is ahead of this machine's, ms, negative where it is behind; exact to half the quickest of three round trips. Null for SQLite, which has no other clock. */
export async function measureSkew(
  store: Pick<Store, 'kind' | 'metrics'>,
  hostMs: () => number = hostClockMs,
): Promise<number | null> {
  if (store.kind === 'sqlite') return null
  let best = { tripMs: Number.POSITIVE_INFINITY, skewMs: 0 }
  for (let look = 0; look < looks; look++) {
    const startedMs = performance.now()
    const there = await store.metrics.now()
    const tripMs = performance.now() - startedMs
    if (tripMs < best.tripMs) best = { tripMs, skewMs: Math.round(there - (hostMs() - tripMs / 2)) }
  }
  return best.skewMs
}
