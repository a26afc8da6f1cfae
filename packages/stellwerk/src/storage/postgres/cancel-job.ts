import type { ChangeResult, RunningClaim } from '../job-store.ts'
import { wholeNumberArray } from './array-literals.ts'
import { explainRefusal } from './change-job.ts'
import { withPartitions } from './partitions.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'

/** Moves what `guard` lets through to finished_job as cancelled, its payload kept. */
const cancelSql = (s: string, guard: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  gone AS (DELETE FROM ${s}.job WHERE ${guard} RETURNING *),
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

const cancelJobSql = (s: string): string =>
  cancelSql(s, `id = $1 AND state IN ('scheduled', 'pending', 'blocked', 'retrying')`)

/** Its guard matches no statistics and no partial index, so that the rows are found by id. */
const cancelWishedSql = (s: string): string =>
  cancelSql(
    s,
    `id = ANY($1::bigint[]) AND CASE WHEN cancel_requested AND state <> 'processing' THEN true ELSE false END`,
  )

const requestCancelSql = (s: string): string => /* sql */ `
  UPDATE ${s}.job SET cancel_requested = true WHERE id = $1 AND state || '' = 'processing'
  RETURNING coalesce(station_id, '') AS "stationId", claim_seq AS "claimSeq"`

/** T9, guarded: a waiting job moves to finished_job as cancelled, its payload kept. */
export async function cancelJob(db: PostgresDatabase, id: number): Promise<ChangeResult> {
  const rows = await withPartitions(db, () => db.query(cancelJobSql(db.schema), [id]))
  return rows.length > 0 ? { changed: true } : await explainRefusal(db, db.schema, id)
}

/** The running job is cancelled by whatever ends its claim without completing or failing it. */
export async function requestCancel(db: PostgresDatabase, id: number): Promise<RunningClaim | undefined> {
  return (await db.query<RunningClaim>(requestCancelSql(db.schema), [id]))[0]
}

/** Cancels those of these jobs that were to be cancelled and wait now. */
export type CancelWished = (db: PostgresStatements, ids: readonly number[]) => Promise<void>

/** T9 within a transaction that gives jobs back or puts them off: sent right behind that statement. */
export function createCancelWished(schema: string): CancelWished {
  const sql = cancelWishedSql(schema)
  return async (db, ids) => {
    if (ids.length > 0) await db.query(sql, [wholeNumberArray(ids)])
  }
}
