import type { ChangeResult } from '../job-store.ts'
import { explainRefusal } from './change-job.ts'
import { takeFromHistory } from './history-turn.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const forgetJobSql = (s: string): string => /* sql */ `
  WITH live AS (
    DELETE FROM ${s}.job WHERE id = $1 AND state IN ('scheduled', 'pending', 'blocked', 'retrying') RETURNING queue, type, state),
  failed AS (DELETE FROM ${s}.failed_job WHERE id = $1 RETURNING queue, type, 'failed' AS state),
  finished AS (DELETE FROM ${s}.finished_job WHERE id = $1 RETURNING queue, type, state),
  archived AS (DELETE FROM ${s}.archived_job WHERE id = $1 RETURNING queue, type, state),
  gone AS MATERIALIZED (
    SELECT * FROM live UNION ALL SELECT * FROM failed UNION ALL SELECT * FROM finished UNION ALL SELECT * FROM archived),
  payload AS (DELETE FROM ${s}.finished_payload WHERE id = $1 AND EXISTS (SELECT 1 FROM gone)),
  attempts AS (DELETE FROM ${s}.job_attempt WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone)),
  logs AS (DELETE FROM ${s}.job_log WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone)),
  attempts_by_day AS (DELETE FROM ${s}.job_attempt_by_day WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone)),
  logs_by_day AS (DELETE FROM ${s}.job_log_by_day WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone)),
  tally AS (INSERT INTO ${s}.tally_delta (queue, type, state, delta) SELECT queue, type, state, -1 FROM gone)
  SELECT state FROM gone`

const mostTries = 3

/** T11, guarded: any job but a processing one leaves with its attempts and logs. */
export async function forgetJob(db: PostgresDatabase, id: number): Promise<ChangeResult> {
  for (let tries = 1; ; tries += 1) {
    const rows = await takeFromHistory(db, forgetJobSql(db.schema), [id])
    if (rows.length > 0) return { changed: true }
    const refusal = await explainRefusal(db, db.schema, id)
    // A job that moved from table to table meanwhile was in neither for this statement.
    if (refusal.changed || refusal.state === null || refusal.state === 'processing' || tries === mostTries)
      return refusal
  }
}
