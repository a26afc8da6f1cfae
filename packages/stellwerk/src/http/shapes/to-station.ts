import type { StationView } from '../../operations/list-stations.ts'
import type { Station } from '../schemas/station.ts'
import { toIso } from './to-job.ts'

/** A station as the interface shows it. Pure. */
export function toStation(station: StationView): Station {
  const { id, host, pid, label, version, state, concurrency, uptimeMs, leaseLeftMs, processing } = station
  return {
    id,
    host,
    pid,
    label,
    version,
    state,
    concurrency,
    queues: [...station.queues],
    types: [...station.types],
    startedAt: toIso(station.startedAt),
    uptimeMs,
    leaseLeftMs,
    processing,
    lastSeenAt: toIso(station.lastSeenAt),
  }
}
