import type { StationRecord } from '../station-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Every station on record, the newest first. `now` is the database's, Unix ms. */
export async function listStations(db: Kysely<Database>, now: number): Promise<readonly StationRecord[]> {
  const rows = await db.selectFrom('station').selectAll().orderBy('started_at', 'desc').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    pid: row.pid,
    label: row.label,
    version: row.version,
    concurrency: row.concurrency,
    types: JSON.parse(row.types) as readonly string[],
    queues: JSON.parse(row.queues) as readonly string[],
    state: row.state,
    startedAt: row.started_at,
    aliveUntil: row.alive_until,
    diedAt: row.died_at,
    leaseLeftMs: row.alive_until - now,
  }))
}
