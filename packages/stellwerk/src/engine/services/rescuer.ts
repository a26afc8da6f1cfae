import { hostname } from 'node:os'
import type { DeadLetters } from '../../domain/queue/dead-letters.ts'
import { type ClockReading, type Contact, mayRescue, sleptBetween } from '../../domain/worker/lease-trust.ts'
import type { Log } from '../../std/log.ts'
import { sharedClockMs } from '../../std/shared-clock.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'
import { dropEvidence, readEvidence } from '../running-file.ts'

/** What a rescuer needs. Times of the shared monotonic clock, ms. */
export interface RescuerOptions {
  readonly store: Pick<Store, 'stations' | 'metrics'>
  readonly leaseMs: number
  readonly stateDir: string
  readonly log: Log
  readonly failures: FailureLog
  readonly ownId: () => string
  /** Own contact with the store. */
  readonly contact: () => Contact
  /** The machine slept or a clock jumped: as good as a lost contact. */
  readonly onSlept: () => void
  /** Where it puts jobs whose crash was their last. */
  readonly deadLetters: () => DeadLetters
  readonly onRescued: () => void
}

/** T8: takes the jobs of stations whose lease has run out, with what their running files tell. */
export function createRescuer(options: RescuerOptions): PeriodicService {
  const { store, leaseMs, failures, ownId, contact, onSlept } = options
  const passedOver = new Set<string>()
  let before: ClockReading | undefined
  // A server that has just come up answers lapsed() with nothing: it knows its own age best.
  const isSure = (): boolean => mayRescue(sharedClockMs(), { leaseMs, storeUpMs: null, contact: contact() })
  /** Whether the clocks went together since the last look, and our own contact holds. */
  const isSureByClock = async (): Promise<boolean> => {
    const now = { wallMs: await store.metrics.now(), monotonicMs: sharedClockMs() }
    if (before !== undefined && sleptBetween(before, now) > 0) onSlept()
    before = now
    return isSure()
  }
  return new PeriodicService({
    name: 'rescuer',
    intervalMs: Math.max(100, leaseMs / 5),
    failures,
    pass: async () => {
      if (!(await isSureByClock())) return
      const lapsed = await store.stations.lapsed(leaseMs)
      // A clock that jumped between the two has everyone lapse at once.
      if (lapsed.length === 0 || !(await isSureByClock())) return
      for (const { id, host } of lapsed) {
        if (id !== ownId() && !leavesToNeighbour({ id, host }, passedOver)) await rescueOne(options, id, isSure)
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

async function rescueOne(options: RescuerOptions, stationId: string, isSure: () => boolean): Promise<void> {
  const { store, stateDir, log, deadLetters, onRescued } = options
  const evidence = readEvidence(stateDir, stationId)
  const rescue = await store.stations.rescue(stationId, evidence, { isSure, deadLetters: deadLetters() })
  if (!rescue.declared) return
  dropEvidence(stateDir, stationId)
  if (rescue.returned + rescue.crashed + rescue.failed === 0) return
  log.warn('a station died; its jobs were taken over', { station: stationId, ...rescue })
  onRescued()
}
