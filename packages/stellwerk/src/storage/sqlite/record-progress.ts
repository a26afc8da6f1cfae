import type { ProgressUpdate } from '../outcome-store.ts'
import type { SqliteStatements } from './statement.ts'

const RECORD = /* sql */ `
  UPDATE job SET progress = ?, progress_note = ? WHERE id = ? AND claim_seq = ? AND state = 'processing'`

/** Notes the newest progress of running jobs; that of a stale claim changes nothing. */
export function recordProgress(connection: SqliteStatements, updates: readonly ProgressUpdate[]): void {
  const record = connection.prepare(RECORD)
  for (const update of updates) record.run(update.progress, update.note, update.jobId, update.claimSeq)
}
