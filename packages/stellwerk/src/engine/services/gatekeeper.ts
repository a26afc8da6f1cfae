import type { Store } from '../../storage/store.ts'
import type { ClaimGate } from '../claim-gate.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

/** A pause holds, and ends, within this; a wake-up makes it sooner. */
const intervalMs = 1_000
/** However often stations are woken, the holds are not read more often. */
const leastMs = 250

/** What a gatekeeper needs. */
export interface GatekeeperOptions {
  readonly store: Pick<Store, 'settings' | 'wake'>
  readonly gate: ClaimGate
  readonly failures: FailureLog
  /** Something that was held back may be claimed. */
  readonly onOpened: () => void
}

/** Keeps a station's gate as pauses and maintenance say, by the time of the store. */
export function createGatekeeper({ store, gate, failures, onOpened }: GatekeeperOptions): PeriodicService {
  return new PeriodicService({
    name: 'gatekeeper',
    intervalMs,
    leastMs,
    wake: store.wake,
    failures,
    pass: async () => {
      if (gate.learn(await store.settings.holds())) onOpened()
    },
  })
}
