import { hostname } from 'node:os'
import type { Log } from '../../std/log.ts'
import { sharedClockMs } from '../../std/shared-clock.ts'
import type { Store } from '../../storage/store.ts'
import { PeriodicService } from '../periodic-service.ts'
import { dropEvidence, readEvidence } from '../running-file.ts'

/** A clock that ran apart by more than this means that the machine slept or a clock jumped. */
const sleptMs = 2_000

/** What a rescuer needs. Times of the shared monotonic clock, ms. */
export interface RescuerOptions {
  readonly store: Pick<Store, 'stations' | 'metrics'>
  readonly leaseMs: number
  readonly stateDir: string
  readonly log: Log
  readonly ownId: () => string
  /** Start of the own last renewal. */
  readonly renewedMs: () => number
  /** When contact with the store was last lost or the station began; a rescue waits one full lease from then. */
  readonly contactLostMs: () => number
  readonly onRescued: () => void
}

/** T8: takes the jobs of stations whose lease has run out, with what their running files tell. */
export function createRescuer(options: RescuerOptions): PeriodicService {
  const rounds = new SleepWatch(options)
  const passedOver = new Set<string>()
  return new PeriodicService({
    name: 'rescuer',
    intervalMs: Math.max(100, options.leaseMs / 5),
    log: options.log,
    pass: async () => {
      const maySince = Math.max(options.contactLostMs(), await rounds.disturbedMs())
      const now = sharedClockMs()
      if (now - maySince < options.leaseMs || now - options.renewedMs() > options.leaseMs) return
      for (const station of await options.store.stations.lapsed(options.leaseMs)) {
        if (station.id !== options.ownId() && !leavesToNeighbour(station, passedOver)) await rescueOne(options, station.id)
      }
    },
  })
}

/** A station of another host is left for one round to its neighbours, who can read its running file. */
function leavesToNeighbour(station: { readonly id: string; readonly host: string | null }, passedOver: Set<string>): boolean {
  if (station.host === null || station.host === hostname()) return false
  if (passedOver.delete(station.id)) return false
  passedOver.add(station.id)
  return true
}

async function rescueOne({ store, stateDir, log, onRescued }: RescuerOptions, stationId: string): Promise<void> {
  const evidence = readEvidence(stateDir, stationId)
  const rescue = await store.stations.rescue(stationId, evidence)
  if (!rescue.declared) return
  dropEvidence(stateDir, stationId)
  if (rescue.returned + rescue.crashed + rescue.failed === 0) return
  log.warn('a station died; its jobs were taken over', { station: stationId, ...rescue })
  onRescued()
}

/** Notices that this machine slept, or that the store's clock jumped: both clocks then disagree about how long the last round took. */
class SleepWatch {
  readonly #store: RescuerOptions['store']
  #seen: { readonly storeMs: number; readonly ownMs: number } | undefined
  #disturbedMs = Number.NEGATIVE_INFINITY

  constructor({ store }: RescuerOptions) {
    this.#store = store
  }

  /** When that was last noticed, shared clock. */
  async disturbedMs(): Promise<number> {
    const storeMs = await this.#store.metrics.now()
    const ownMs = sharedClockMs()
    if (this.#seen !== undefined) {
      const apart = storeMs - this.#seen.storeMs - (ownMs - this.#seen.ownMs)
      if (Math.abs(apart) > sleptMs) this.#disturbedMs = ownMs
    }
    this.#seen = { storeMs, ownMs }
    return this.#disturbedMs
  }
}
