import { hostClockMs } from '../std/host-clock.ts'
import type { Store } from '../storage/store.ts'
import { type ActorDeps, requirePermission } from './require-permission.ts'

const looks = 3

/** How far the server's clock is ahead of this machine's, ms, negative where it is behind; exact to half the quickest of three round trips. Null for SQLite, which has no other clock. @throws PERMISSION_DENIED */
export async function measureSkew(
  deps: ActorDeps & { readonly store: Pick<Store, 'kind' | 'metrics'> },
  hostMs: () => number = hostClockMs,
): Promise<number | null> {
  requirePermission(deps, 'health:read')
  const { store } = deps
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
