import type { LiveState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import { refusal, stateOf, WAITING } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const FIND = /* sql */ `SELECT queue, type, state FROM job WHERE id = ? AND ${WAITING}`

const FINISH = /* sql */ `
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         finished_at, parent_id, run_id, batch_id, progress, progress_note)
  SELECT id, type, queue, 'cancelled', priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at, ?, parent_id,
         run_id, batch_id, progress, progress_note
    FROM job WHERE id = ? AND ${WAITING}`

const KEEP = /* sql */ `
  INSERT INTO finished_payload (id, finished_at, payload, options, weight, type_version, max_crashes)
  SELECT id, ?, payload, options, weight, type_version, max_crashes FROM job WHERE id = ?`

const REMOVE = /* sql */ `DELETE FROM job WHERE id = ?`

/** T9 inside a transaction: a waiting job moves to finished_job as cancelled. */
export function cancelJob(connection: SqliteConnection, id: number): ChangeResult {
  const found = connection.prepare<[string, string, LiveState]>(FIND).get(id)
  const at = connection.nowMs()
  const cancelled = connection.prepare(FINISH).run(at, id) === 1
  if (found === undefined || !cancelled) return refusal(stateOf(connection, id))
  connection.prepare(KEEP).run(at, id)
  connection.prepare(REMOVE).run(id)
  const tallies = new TallyChanges()
  tallies.move({ queue: found[0], type: found[1] }, found[2], 'cancelled')
  tallies.apply(connection)
  return { changed: true }
}
