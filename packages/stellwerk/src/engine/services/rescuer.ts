import { hostname } from 'node:os'
import { type ClockReading, type Contact, mayRescue, sleptBetween } from '../../domain/worker/lease-trust.ts'
import type { Log } from '../../std/log.ts'
import { sharedClockMs } from '../../std/shared-clock.ts'
import type { Store } from '../../storage/store.ts'
import { PeriodicService } from '../periodic-service.ts'
import { dropEvidence, readEvidence } from '../running-file.ts'

/** What a rescuer needs. Times of the shared monotonic clock, ms. */
export interface RescuerOptions {
  readonly store: Pick<Store, 'stations' | 'metrics'>
  readonly leaseMs: number
  readonly stateDir: string
  readonly log: Log
  readonly ownId: () => string
  /** Own contact with the store. */
  readonly contact: () => Contact
  /** The machine slept or a clock jumped: as good as a lost contact. */
  readonly onSlept: () => void
  readonly onRescued: () => void
}

/** T8: takes the jobs of stations whose lease has run out, with what their running files tell. */
export function createRescuer(options: RescuerOptions): PeriodicService {
  const { store, leaseMs, log, ownId, contact, onSlept } = options
  const passedOver = new Set<string>()
  let before: ClockReading | undefined
  return new PeriodicService({
    name: 'rescuer',
    intervalMs: Math.max(100, leaseMs / 5),
    log,
    pass: async () => {
      const now = { wallMs: await store.metrics.now(), monotonicMs: sharedClockMs() }
      if (before !== undefined && sleptBetween(before, now) > 0) onSlept()
      before = now
      // A server that has just come up answers lapsed() with nothing: it knows its own age best.
      if (!mayRescue(now.monotonicMs, { leaseMs, storeUpMs: null, contact: contact() })) return
      for (const station of await store.stations.lapsed(leaseMs)) {
        if (station.id !== ownId() && !leavesToNeighbour(station, passedOver)) await rescueOne(options, station.id)
      }
    },
  })
}

/** A station of another host is left for one round to its neighbours, who can read its running file. */
function leavesToNeighbour(
  station: { readonly id: string; readonly host: string | null },
  passedOver: Set<string>,
): boolean {
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
