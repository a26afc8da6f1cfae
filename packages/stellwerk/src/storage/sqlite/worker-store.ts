import type { WorkerBeat, WorkerStore } from '../worker-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'

const GONE = /* sql */ `DELETE FROM worker WHERE station_id = ?1 AND id NOT IN (SELECT value ->> 'id' FROM json_each(?2))`

const BEAT = /* sql */ `
  INSERT INTO worker (id, station_id, beat_at, report) SELECT value ->> 'id', ?1, ?3, value FROM json_each(?2) WHERE true
  ON CONFLICT (id) DO UPDATE SET station_id = excluded.station_id, beat_at = excluded.beat_at, report = excluded.report`

const ANNOUNCE = /* sql */ `UPDATE station SET pools = ?2 WHERE id = ?1 AND pools IS NOT ?2`

const PRUNE = /* sql */ `DELETE FROM worker WHERE NOT EXISTS (SELECT 1 FROM station WHERE station.id = worker.station_id)`

/** The role of stations that tell of their workers, over one connection. */
export function createWorkerStore(connection: SqliteConnection, cold: ColdReads): WorkerStore {
  return {
    beat: (beat) => connection.write(() => writeBeat(connection, beat)),
    list: () => cold.read(({ listWorkers }, db) => listWorkers(db)),
    prune: () => connection.write(() => connection.prepare(PRUNE).run()),
  }
}

function writeBeat(connection: SqliteConnection, { stationId, reports, pools }: WorkerBeat): void {
  const all = JSON.stringify(reports)
  connection.prepare(GONE).run(stationId, all)
  connection.prepare(BEAT).run(stationId, all, connection.nowMs())
  connection.prepare(ANNOUNCE).run(stationId, JSON.stringify(pools))
}
