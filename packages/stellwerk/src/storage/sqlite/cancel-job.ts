import type { LiveState } from '../../domain/job/job-state.ts'
import type { ChangeResult, RunningClaim } from '../job-store.ts'
import { refusal, stateOf, WAITING } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqliteStatements } from './statement.ts'
import { TallyChanges } from './tally-changes.ts'

const FINISH = /* sql */ `
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         finished_at, parent_id, run_id, batch_id, progress, progress_note)
  SELECT id, type, queue, 'cancelled', priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at, ?, parent_id,
         run_id, batch_id, progress, progress_note
    FROM job WHERE id = ? AND ${WAITING}`

const FIND = /* sql */ `SELECT queue, type, state FROM job WHERE id = ? AND ${WAITING}`

const KEEP = /* sql */ `
  INSERT INTO finished_payload (id, finished_at, payload, options, weight, type_version, max_crashes)
  SELECT id, ?, payload, options, weight, type_version, max_crashes FROM job WHERE id = ?`

const REMOVE = /* sql */ `DELETE FROM job WHERE id = ?`

const REQUEST = /* sql */ `
  UPDATE job SET cancel_requested = 1 WHERE id = ? AND state = 'processing' RETURNING coalesce(station_id, ''), claim_seq`

const WISHED = /* sql */ `SELECT 1 FROM job WHERE id = ? AND cancel_requested = 1`

/** T9 inside a transaction: a waiting job moves to finished_job as cancelled. */
export function cancelJob(connection: SqliteConnection, id: number): ChangeResult {
  const tallies = new TallyChanges()
  if (!finishCancelled(connection, id, tallies)) return refusal(stateOf(connection, id))
  tallies.apply(connection)
  return { changed: true }
}

/** Inside a transaction: the running job is cancelled by whatever ends its claim without completing or failing it. */
export function requestCancel(connection: SqliteConnection, id: number): RunningClaim | undefined {
  const row = connection.prepare<[string, number]>(REQUEST).get(id)
  return row && { stationId: row[0], claimSeq: row[1] }
}

/** T9 inside a transaction that gave jobs back or put them off: those of them that were to be cancelled are. */
export function cancelWished(connection: SqliteStatements, ids: readonly number[], tallies: TallyChanges): void {
  for (const id of ids) {
    if (connection.prepare(WISHED).get(id) !== undefined) finishCancelled(connection, id, tallies)
  }
}

/** False where the job does not wait. */
function finishCancelled(connection: SqliteStatements, id: number, tallies: TallyChanges): boolean {
  const found = connection.prepare<[string, string, LiveState]>(FIND).get(id)
  const at = connection.nowMs()
  const cancelled = connection.prepare(FINISH).run(at, id) === 1
  if (found === undefined || !cancelled) return false
  connection.prepare(KEEP).run(at, id)
  connection.prepare(REMOVE).run(id)
  tallies.move({ queue: found[0], type: found[1] }, found[2], 'cancelled')
  return true
}
