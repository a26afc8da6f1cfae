import type { ChangeResult } from '../job-store.ts'
import { refusal, stateOf, WAITING } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'

const SET = /* sql */ `UPDATE job SET priority = ? WHERE id = ? AND ${WAITING}`

/** Gives a waiting job another priority, inside a transaction. */
export function setPriority(connection: SqliteConnection, id: number, priority: number): ChangeResult {
  const changed = connection.prepare(SET).run(priority, id) === 1
  return changed ? { changed } : refusal(stateOf(connection, id))
}
