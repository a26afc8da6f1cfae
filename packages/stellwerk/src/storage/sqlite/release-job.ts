import type { ArchiveResult } from '../archive-store.ts'
import { SLIM } from './archive-job.ts'
import { stateOf } from './change-job.ts'
import type { SqliteConnection } from './connection.ts'
import { payloadsPrunedUntil } from './prune-jobs.ts'

const FIND = /* sql */ `SELECT finished_at, payload IS NOT NULL FROM archived_job WHERE id = ?`
const RETURN = /* sql */ `INSERT INTO finished_job (${SLIM}) SELECT ${SLIM} FROM archived_job WHERE id = ?`
const RETURN_PAYLOAD = /* sql */ `
  INSERT INTO finished_payload (id, finished_at, payload, result, options, weight, type_version, max_crashes)
  SELECT id, finished_at, payload, result, options, weight, type_version, max_crashes FROM archived_job WHERE id = ?`
const LEAVE = /* sql */ `DELETE FROM archived_job WHERE id = ?`
const DROP_LINES = /* sql */ `DELETE FROM job_log WHERE job_id = ?`

/** Inside a transaction: back to the finished jobs. The pruner never looks again at what lies before its mark: there payload and lines go at once. */
export function releaseJob(connection: SqliteConnection, id: number): ArchiveResult {
  const [finishedAt, hasPayload] = connection.prepare<[number, number]>(FIND).get(id) ?? []
  if (finishedAt === undefined) {
    const state = stateOf(connection, id) ?? null
    return { changed: false, state, reason: state === null ? 'absent' : 'not_archived' }
  }
  const mark = payloadsPrunedUntil(connection)
  const isBehind = finishedAt < mark.until || (finishedAt === mark.until && id <= mark.id)
  connection.prepare(RETURN).run(id)
  if (isBehind) connection.prepare(DROP_LINES).run(id)
  else if (hasPayload === 1) connection.prepare(RETURN_PAYLOAD).run(id)
  connection.prepare(LEAVE).run(id)
  return { changed: true }
}
