import type { StationState } from '../domain/worker/station-state.ts'
import type { StationRecord } from '../storage/station-store.ts'
import { isAlive } from './list-queues.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** A station as people see it. */
export interface StationView extends Omit<StationRecord, 'state'> {
  readonly state: StationState
  /** ms until now, or until it was last known to live. */
  readonly uptimeMs: number
  /** Jobs in its hands. */
  readonly processing: number
  /** Until when it is known to have lived, Unix ms: now, the end of its lease, or its own stop. */
  readonly lastSeenAt: number
}

/** Every station on record at one moment, the newest first. */
export interface StationReading {
  /** The store's time, Unix ms. */
  readonly now: number
  readonly stations: readonly StationView[]
}

/** Every station on record, the newest first: dead ones for a day. @throws PERMISSION_DENIED */
export async function listStations(deps: OperationDeps): Promise<StationReading> {
  requirePermission(deps, 'station:read')
  const { store } = deps
  const [stations, held, now] = await Promise.all([store.stations.list(), store.pages.held(), store.metrics.now()])
  const processing = new Map(held.map((entry) => [entry.stationId, entry.processing]))
  return {
    now,
    stations: stations.map((station) => toView(station, { now, processing: processing.get(station.id) ?? 0 })),
  }
}

/** What a station's row says at `now`: its state, and until when it is known to have lived. Pure. */
export function lifeOf(station: StationRecord, now: number): Pick<StationView, 'state' | 'lastSeenAt'> {
  if (isAlive(station)) return { state: 'alive', lastSeenAt: now }
  const { diedAt, aliveUntil } = station
  // Whoever retires does so within its lease; a rescuer waits until it is over.
  if (diedAt !== null && diedAt <= aliveUntil) return { state: 'stopped', lastSeenAt: diedAt }
  return { state: 'lost', lastSeenAt: Math.min(aliveUntil, now) }
}

function toView(
  station: StationRecord,
  { now, processing }: { readonly now: number; readonly processing: number },
): StationView {
  const life = lifeOf(station, now)
  return { ...station, ...life, uptimeMs: Math.max(0, life.lastSeenAt - station.startedAt), processing }
}
