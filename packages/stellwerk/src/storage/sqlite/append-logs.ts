import type { LogAppend } from '../outcome-store.ts'
import type { SqliteConnection } from './connection.ts'

/** Only for a job that is still on record: a job that was removed leaves nothing behind. A chunk told twice is kept once. */
const APPEND = /* sql */ `
  INSERT INTO job_log (job_id, claim_seq, attempt, chunk, lines)
  SELECT ?1, ?2, ?3, ?4, ?5
   WHERE EXISTS (SELECT 1 FROM job WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM finished_job WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM failed_job WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM archived_job WHERE id = ?1)
      ON CONFLICT (job_id, claim_seq, chunk) DO UPDATE SET lines = excluded.lines`

const DROP = /* sql */ `DELETE FROM job_log WHERE job_id = ? AND claim_seq = ? AND chunk < ?`

/** Appends chunks and drops those that their attempt has outgrown. */
export function appendLogs(connection: SqliteConnection, logs: readonly LogAppend[]): void {
  for (const log of logs) {
    connection.prepare(APPEND).run(log.jobId, log.claimSeq, log.attempt, log.chunk, log.lines)
    if (log.dropBelowChunk > 0) connection.prepare(DROP).run(log.jobId, log.claimSeq, log.dropBelowChunk)
  }
}
