import { type Served, sharesWork } from '../../domain/queue/fair-share.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

const lookEveryMs = 2_000

/** What a lookout needs. */
export interface LookoutOptions {
  readonly store: Pick<Store, 'stations'>
  readonly failures: FailureLog
  readonly ownId: () => string
  readonly serves: Served
  /** How many other stations live on this store, and the ids of those that serve the same work. */
  readonly onSeen: (others: number, rivals: readonly string[]) => void
}

/** Knows whether this station is alone on its store, and with its work. */
export function createLookout({ store, failures, ownId, serves, onSeen }: LookoutOptions): PeriodicService {
  return new PeriodicService({
    name: 'lookout',
    intervalMs: lookEveryMs,
    failures,
    pass: async () => {
      const stations = await store.stations.list()
      const others = stations.filter(
        ({ id, state, leaseLeftMs }) => id !== ownId() && state === 'alive' && leaseLeftMs > 0,
      )
      onSeen(
        others.length,
        others.filter((other) => sharesWork(serves, other)).map(({ id }) => id),
      )
    },
  })
}
