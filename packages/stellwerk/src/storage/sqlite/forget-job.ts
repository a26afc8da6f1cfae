import type { JobState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import { refusal, stateOf, WAITING } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const FORGET_LIVE = /* sql */ `DELETE FROM job WHERE id = ? AND ${WAITING} RETURNING queue, type, state`
const FORGET_FAILED = /* sql */ `DELETE FROM failed_job WHERE id = ? RETURNING queue, type, 'failed'`
const FORGET_FINISHED = /* sql */ `DELETE FROM finished_job WHERE id = ? RETURNING queue, type, state`
const FORGET_ARCHIVED = /* sql */ `DELETE FROM archived_job WHERE id = ? RETURNING queue, type, state`

const TRACES = [
  /* sql */ `DELETE FROM finished_payload WHERE id = ?`,
  /* sql */ `DELETE FROM job_attempt WHERE job_id = ?`,
  /* sql */ `DELETE FROM job_log WHERE job_id = ?`,
]

type GoneRow = [queue: string, type: string, state: JobState]

/** T11 inside a transaction: removes a job that is not processing, with its attempts and logs. */
export function forgetJob(connection: SqliteConnection, id: number): ChangeResult {
  const tallies = new TallyChanges()
  for (const text of [FORGET_LIVE, FORGET_FAILED, FORGET_FINISHED, FORGET_ARCHIVED]) {
    const gone = connection.prepare<GoneRow>(text).get(id)
    if (gone === undefined) continue
    tallies.add({ queue: gone[0], type: gone[1] }, gone[2], -1)
    tallies.apply(connection)
    removeTraces(connection, id)
    return { changed: true }
  }
  return refusal(stateOf(connection, id))
}

/** Removes what other tables hold of a job that is gone. */
export function removeTraces(connection: SqliteConnection, id: number): void {
  for (const text of TRACES) connection.prepare(text).run(id)
}
