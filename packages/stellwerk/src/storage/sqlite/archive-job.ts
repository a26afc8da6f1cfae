import type { ArchiveResult } from '../archive-store.ts'
import { isArchived, stateOf } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'

/** Columns that finished_job and archived_job share. */
export const SLIM = /* sql */ `id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at, claimed_at,
         finished_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, station_id, worker_id, parent_id, run_id, batch_id,
         progress, progress_note`

const ARCHIVE = /* sql */ `
  INSERT INTO archived_job (${SLIM}, payload, result, options, weight, type_version, max_crashes, archived_at, archived_by)
  SELECT ${SLIM}, payload, result, options, weight, type_version, max_crashes, ?2, ?3
    FROM finished_job LEFT JOIN (SELECT id, payload, result, options, weight, type_version, max_crashes FROM finished_payload) USING (id)
   WHERE id = ?1`

const LEAVE = [/* sql */ `DELETE FROM finished_job WHERE id = ?`, /* sql */ `DELETE FROM finished_payload WHERE id = ?`]

/** Inside a transaction: a completed or cancelled job is kept until it is released; its lines and attempts stay where they are. */
export function archiveJob(connection: SqliteConnection, id: number, by: string): ArchiveResult {
  if (connection.prepare(ARCHIVE).run(id, connection.nowMs(), by) === 1) {
    for (const text of LEAVE) connection.prepare(text).run(id)
    return { changed: true }
  }
  const state = stateOf(connection, id) ?? null
  if (state === null) return { changed: false, state, reason: 'absent' }
  return { changed: false, state, reason: isArchived(connection, id) ? 'archived' : 'state' }
}
