import { takeFromHistory } from './history-turn.ts'
import { traceColumns } from './move-kept-traces.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** Columns that finished_job and archived_job share. */
export const slim = `id, finished_at, run_at, created_at, started_at, claimed_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, parent_id, claim_seq,
       attempt, tries, failures, crashes, priority, progress, state, type, queue, station_id, worker_id, run_id, batch_id, progress_note`

/** Its lines and attempts leave the days of their writing, which go without asking for it. */
const archiveJobSql = (s: string): string => {
  const { job_log_by_day: line, job_attempt_by_day: attempt } = traceColumns
  return /* sql */ `
  WITH gone AS (DELETE FROM ${s}.finished_job WHERE id = $1 RETURNING ${slim}),
  payload AS (
    DELETE FROM ${s}.finished_payload WHERE id = $1 AND EXISTS (SELECT 1 FROM gone)
    RETURNING id, payload, result, options, weight, type_version, max_crashes
  ),
  archived AS (
    INSERT INTO ${s}.archived_job (${slim}, payload, result, options, weight, type_version, max_crashes, archived_at, archived_by)
    SELECT ${slim}, payload, result, options, weight, type_version, max_crashes, ${s}.now_ms(), $2 FROM gone LEFT JOIN payload USING (id)
  ),
  lines AS (DELETE FROM ${s}.job_log_by_day WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone) RETURNING ${line}),
  kept_lines AS (INSERT INTO ${s}.job_log (${line}) SELECT ${line} FROM lines ON CONFLICT DO NOTHING),
  attempts AS (DELETE FROM ${s}.job_attempt_by_day WHERE job_id = $1 AND EXISTS (SELECT 1 FROM gone) RETURNING ${attempt}),
  kept_attempts AS (INSERT INTO ${s}.job_attempt (${attempt}) SELECT ${attempt} FROM attempts ON CONFLICT DO NOTHING)
  SELECT state FROM gone`
}

/** Moves a completed or cancelled job to the archive; false where it is none, or there already. */
export function createArchiveJob(db: PostgresDatabase): (id: number, by: string) => Promise<boolean> {
  const text = archiveJobSql(db.schema)
  return async (id, by) => (await takeFromHistory(db, text, [id, by])).length > 0
}
