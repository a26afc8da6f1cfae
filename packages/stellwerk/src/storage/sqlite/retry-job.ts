import type { JobState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import { refusal, stateOf } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

/** T10: attempt and claim_seq go on, the budgets start afresh, and from a dead-letter queue it returns to its own. */
const RETRY_FAILED = /* sql */ `
  INSERT INTO job (id, type, queue, state, priority, weight, position, in_batch, payload, options, type_version, run_at, created_at,
         attempt, tries, max_crashes, claim_seq, parent_id, run_id, batch_id)
  SELECT id, type, coalesce(origin_queue, queue), 'pending', priority, weight, ?1 - weight * 1000, in_batch, payload, options, type_version, ?1, created_at,
         attempt, tries, max_crashes, claim_seq, parent_id, run_id, batch_id
    FROM failed_job WHERE id = ?2
  RETURNING queue, type`

/** From a finished job with its payload, wherever the two are kept. */
const retryFrom = (source: string): string => /* sql */ `
  INSERT INTO job (id, type, queue, state, priority, weight, position, in_batch, payload, options, type_version, run_at, created_at,
         attempt, tries, max_crashes, claim_seq, parent_id, run_id, batch_id)
  SELECT id, type, queue, 'pending', priority, weight, ?1 - weight * 1000, batch_id IS NOT NULL, payload, options, type_version, ?1,
         created_at, attempt, tries, max_crashes, claim_seq, parent_id, run_id, batch_id
    FROM ${source} WHERE id = ?2 AND payload IS NOT NULL
  RETURNING queue, type`

const RETRY_FINISHED = retryFrom('finished_job JOIN finished_payload USING (id)')
const RETRY_ARCHIVED = retryFrom('archived_job')

const DROP_FAILED = /* sql */ `DELETE FROM failed_job WHERE id = ? RETURNING queue`
const DROP_FINISHED = /* sql */ `DELETE FROM finished_job WHERE id = ?`
const DROP_PAYLOAD = /* sql */ `DELETE FROM finished_payload WHERE id = ?`
const DROP_ARCHIVED = /* sql */ `DELETE FROM archived_job WHERE id = ?`

/** T10 inside a transaction: a failed, cancelled or completed job goes back to pending. */
export function retryJob(connection: SqliteConnection, id: number): ChangeResult {
  const state = stateOf(connection, id)
  const tallies = new TallyChanges()
  if (state === 'failed') {
    retryFailed(connection, id, tallies)
    tallies.apply(connection)
    return { changed: true }
  }
  if (state !== 'completed' && state !== 'cancelled') return refusal(state)
  const retried = retryFinished(connection, { id, state }, tallies)
  tallies.apply(connection)
  return retried ? { changed: true } : { changed: false, state, reason: 'payload_gone' }
}

/** Puts a failed job back onto its queue inside a transaction; false where it is not failed any more. */
export function retryFailed(connection: SqliteConnection, id: number, tallies: TallyChanges): boolean {
  const row = connection.prepare<[string, string]>(RETRY_FAILED).get(connection.nowMs(), id)
  if (row === undefined) return false
  const [queue, type] = row
  const [keptIn] = connection.prepare<[string]>(DROP_FAILED).get(id) ?? row
  tallies.add({ queue: keptIn, type }, 'failed', -1)
  tallies.add({ queue, type }, 'pending')
  return true
}

function retryFinished(
  connection: SqliteConnection,
  { id, state }: { readonly id: number; readonly state: JobState },
  tallies: TallyChanges,
): boolean {
  const at = connection.nowMs()
  const row =
    connection.prepare<[string, string]>(RETRY_FINISHED).get(at, id) ??
    connection.prepare<[string, string]>(RETRY_ARCHIVED).get(at, id)
  if (row === undefined) return false
  for (const text of [DROP_FINISHED, DROP_PAYLOAD, DROP_ARCHIVED]) connection.prepare(text).run(id)
  tallies.move({ queue: row[0], type: row[1] }, state, 'pending')
  return true
}
