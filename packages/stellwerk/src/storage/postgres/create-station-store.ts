import { noDeadLetters } from '../../domain/queue/dead-letters.ts'
import type { NewStation, Rescue, StationStore } from '../station-store.ts'
import type { ColdReads } from './cold-reads.ts'
import { createLapsedStations } from './lapsed-stations.ts'
import { anyQueue, type Notifier } from './notifier.ts'
import { withPartitions } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { renewLeaseSql } from './renew-lease.ts'
import { createEndStation, type Ending } from './rescue-station.ts'

const registerSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.station (id, host, pid, label, version, concurrency, types, queues, state, started_at, alive_until)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, 'alive', at, at + $9::bigint FROM (SELECT ${s}.now_ms() AS at) AS moment`

const pruneSql = (s: string): string => /* sql */ `
  WITH pruned AS (
    DELETE FROM ${s}.station AS st
     WHERE state = 'dead' AND died_at < ${s}.now_ms() - $1::bigint
       AND NOT EXISTS (SELECT 1 FROM ${s}.job WHERE station_id = st.id AND state = 'processing')
    RETURNING 1)
  SELECT count(*) AS pruned FROM pruned`

const certain = (): boolean => true

/** What the role needs beside the database. */
export interface StationParts {
  readonly reads: ColdReads
  readonly notifier: Notifier
}

/** The role of a station that lives, and of its neighbours. */
export function createStationStore(db: PostgresDatabase, { reads, notifier }: StationParts): StationStore {
  const lapsed = createLapsedStations(db.schema)
  const endStation = createEndStation(db.schema)
  const register = registerSql(db.schema)
  const renew = renewLeaseSql(db.schema)
  const prune = pruneSql(db.schema)

  /** What goes back to pending is anyone's. */
  async function end(ending: Ending): Promise<Rescue> {
    const rescue = await withPartitions(db, () => endStation(db, ending))
    if (rescue.returned + rescue.crashed > 0) notifier.woken([anyQueue])
    return rescue
  }

  return {
    register: async (station) => {
      await db.query(register, stationValues(station))
    },
    renew: async (stationId, leaseMs) => (await db.query(renew, [stationId, Math.round(leaseMs)])).length > 0,
    retire: async (stationId) => {
      await end({
        stationId,
        evidence: { running: [] },
        deadLetters: noDeadLetters,
        isRetiring: true,
        isSure: certain,
      })
    },
    list: () => reads.read(async ({ listStations }, kysely) => listStations(kysely, await reads.now())),
    lapsed: (leaseMs) => lapsed(db, leaseMs),
    rescue: (stationId, evidence, { isSure = certain, deadLetters = noDeadLetters } = {}) =>
      end({ stationId, evidence, deadLetters, isRetiring: false, isSure }),
    prune: async (olderThanMs) => (await db.query<{ pruned: number }>(prune, [olderThanMs]))[0]?.pruned ?? 0,
  }
}

function stationValues(station: NewStation): readonly unknown[] {
  const { id, host, pid, label, version, concurrency, types, queues, leaseMs } = station
  return [
    id,
    host,
    pid,
    label,
    version,
    concurrency,
    JSON.stringify(types),
    JSON.stringify(queues),
    Math.round(leaseMs),
  ]
}
