import type { Log } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import { PeriodicService } from '../periodic-service.ts'

const lookEveryMs = 2_000

/** What a lookout needs. */
export interface LookoutOptions {
  readonly store: Pick<Store, 'stations'>
  readonly log: Log
  readonly ownId: () => string
  /** How many other stations live on this store. */
  readonly onSeen: (others: number) => void
}

/** Knows whether this station is alone on its store. */
export function createLookout({ store, log, ownId, onSeen }: LookoutOptions): PeriodicService {
  return new PeriodicService({
    name: 'lookout',
    intervalMs: lookEveryMs,
    log,
    pass: async () => {
      const stations = await store.stations.list()
      onSeen(
        stations.filter(({ id, state, leaseLeftMs }) => id !== ownId() && state === 'alive' && leaseLeftMs > 0).length,
      )
    },
  })
}
