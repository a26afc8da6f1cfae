import { noDeadLetters } from '../../domain/queue/dead-letters.ts'
import type { StationStore } from '../station-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'
import { lapsedStations } from './lapsed-stations.ts'
import { registerStation } from './register-station.ts'
import { renewLease } from './renew-lease.ts'
import { rescue, retire, untouched } from './rescue.ts'

const PRUNE = /* sql */ `
  DELETE FROM station WHERE state = 'dead' AND died_at < ?
     AND NOT EXISTS (SELECT 1 FROM job WHERE job.state = 'processing' AND job.station_id = station.id)`

const certain = (): boolean => true

/** The role of a station that lives, and of its neighbours, over one connection. A connection that registers a station gives way to other writers. */
export function createStationStore(connection: SqliteConnection, cold: ColdReads): StationStore {
  return {
    async register(station) {
      await connection.write(() => registerStation(connection, station))
      connection.isStation = true
    },
    renew: (stationId, leaseMs) => connection.write(() => renewLease(connection, stationId, leaseMs)),
    retire: (stationId) => connection.write(() => retire(connection, stationId), { wakes: true }),
    list: () => cold.read(({ listStations }, db) => listStations(db, connection.nowMs())),
    // The file is there whenever we are: no outage of a server to wait for.
    lapsed: () => connection.read(() => lapsedStations(connection)),
    rescue: (stationId, evidence, { isSure = certain, deadLetters = noDeadLetters } = {}) =>
      connection.write(() => (isSure() ? rescue(connection, stationId, { evidence, deadLetters }) : untouched), {
        wakes: true,
      }),
    prune: (olderThanMs) => connection.write(() => connection.prepare(PRUNE).run(connection.nowMs() - olderThanMs)),
  }
}
