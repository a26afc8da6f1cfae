import type { JobState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import type { SqliteConnection } from './connection.ts'

const STATE = /* sql */ `
  SELECT state FROM job WHERE id = ?1
  UNION ALL SELECT 'failed' FROM failed_job WHERE id = ?1
  UNION ALL SELECT state FROM finished_job WHERE id = ?1
  UNION ALL SELECT state FROM archived_job WHERE id = ?1 LIMIT 1`

const ARCHIVED = /* sql */ `SELECT 1 FROM archived_job WHERE id = ?`

/** The states in which a job waits, for a guard. */
export const WAITING = /* sql */ `state IN ('scheduled', 'pending', 'blocked', 'retrying')`

/** In which state a job is, whichever table holds it; undefined where none does. */
export function stateOf(connection: SqliteConnection, id: number): JobState | undefined {
  return connection.prepare<[JobState]>(STATE).get(id)?.[0]
}

/** Whether a job is kept until it is released. */
export function isArchived(connection: SqliteConnection, id: number): boolean {
  return connection.prepare(ARCHIVED).get(id) !== undefined
}

/** Why a guard refused a job that is in `state`. */
export function refusal(state: JobState | undefined): ChangeResult {
  if (state === undefined) return { changed: false, state: null, reason: 'absent' }
  return { changed: false, state, reason: 'state' }
}
