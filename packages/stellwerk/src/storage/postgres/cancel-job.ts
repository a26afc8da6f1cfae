import type { ChangeResult } from '../job-store.ts'
import { explainRefusal } from './change-job.ts'
import { withPartitions } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const cancelJobSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  gone AS (DELETE FROM ${s}.job WHERE id = $1 AND state IN ('scheduled', 'pending', 'blocked', 'retrying') RETURNING *),
  finished AS (
    INSERT INTO ${s}.finished_job
      (id, finished_at, run_at, created_at, claimed_at, parent_id, claim_seq, attempt, tries, failures, crashes, priority, progress, state, type,
       queue, station_id, worker_id, run_id, batch_id, progress_note)
    SELECT id, m.at, run_at, created_at, claimed_at, parent_id, claim_seq, attempt, tries, failures, crashes, priority, progress, 'cancelled', type,
           queue, station_id, worker_id, run_id, batch_id, progress_note
      FROM gone CROSS JOIN moment AS m
  ),
  payload AS (
    INSERT INTO ${s}.finished_payload (id, finished_at, weight, type_version, max_crashes, options, payload)
    SELECT id, m.at, weight, type_version, max_crashes, options, payload FROM gone CROSS JOIN moment AS m
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign FROM gone CROSS JOIN LATERAL (VALUES (gone.state, -1), ('cancelled', 1)) AS side(state, sign)
  )
  SELECT id FROM gone`

/** T9, guarded: a waiting job moves to finished_job as cancelled, its payload kept. */
export async function cancelJob(db: PostgresDatabase, id: number): Promise<ChangeResult> {
  const rows = await withPartitions(db, () => db.query(cancelJobSql(db.schema), [id]))
  return rows.length > 0 ? { changed: true } : await explainRefusal(db, db.schema, id)
}
