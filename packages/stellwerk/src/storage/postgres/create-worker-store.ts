import type { WorkerStore } from '../worker-store.ts'
import { textArray, textArrayBytes } from './array-literals.ts'
import type { ColdReads } from './cold-reads.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** One statement for all workers of a station; the station's row is touched only where its pools have changed. A crash of the server may lose what the next one tells again: nobody waits for the disk. */
const beatSql = (s: string): string => /* sql */ `
  WITH beating AS MATERIALIZED (SELECT * FROM unnest($2::text[], $3::text[]) AS i(id, report)),
  gone AS (DELETE FROM ${s}.worker WHERE station_id = $1 AND id NOT IN (SELECT id FROM beating)),
  announced AS (UPDATE ${s}.station SET pools = $4 WHERE id = $1 AND pools IS DISTINCT FROM $4)
  INSERT INTO ${s}.worker (id, station_id, beat_at, report)
  SELECT b.id, $1, m.at, b.report FROM beating AS b CROSS JOIN (SELECT ${s}.now_ms() AS at, set_config('synchronous_commit', 'off', true) OFFSET 0) AS m
  ON CONFLICT (id) DO UPDATE SET station_id = excluded.station_id, beat_at = excluded.beat_at, report = excluded.report`

const pruneSql = (s: string): string => /* sql */ `
  WITH pruned AS (
    DELETE FROM ${s}.worker AS w WHERE NOT EXISTS (SELECT 1 FROM ${s}.station AS st WHERE st.id = w.station_id) RETURNING 1)
  SELECT count(*) AS pruned FROM pruned`

/** The role of stations that tell of their workers. */
export function createWorkerStore(db: PostgresDatabase, reads: ColdReads): WorkerStore {
  return {
    beat: async ({ stationId, reports, pools }) => {
      const ids = textArray(reports.map(({ id }) => id))
      const texts = textArrayBytes(reports.map((report) => JSON.stringify(report)))
      await db.query(beatSql(db.schema), [stationId, ids, texts, JSON.stringify(pools)])
    },
    list: () => reads.read(({ listWorkers }, kysely) => listWorkers(kysely)),
    prune: async () => (await db.query<{ pruned: number }>(pruneSql(db.schema)))[0]?.pruned ?? 0,
  }
}
