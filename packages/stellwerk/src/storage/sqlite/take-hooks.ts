import type { TakenHook } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'

const TAKE = /* sql */ `
  UPDATE failed_job SET hook = 'taken'
   WHERE hook = 'due'
     AND id IN (SELECT id FROM failed_job WHERE hook = 'due' AND type IN (SELECT value FROM json_each(?)) LIMIT ?)
  RETURNING id, type, type_version, queue, payload, attempt, kind, error_class, error_message,
            (SELECT stack FROM job_attempt WHERE job_id = failed_job.id ORDER BY job_attempt.claim_seq DESC LIMIT 1)`

type HookRow = [
  id: number,
  type: string,
  typeVersion: number,
  queue: string,
  payload: string,
  attempt: number,
  kind: string,
  errorClass: string,
  message: string,
  stack: string | null,
]

/** Takes due hooks of these types inside a transaction: nobody else gets them. */
export function takeHooks(connection: SqliteConnection, types: readonly string[], limit: number): readonly TakenHook[] {
  const rows = connection.prepare<HookRow>(TAKE).all(JSON.stringify(types), limit)
  return rows.map(([id, type, typeVersion, queue, payload, attempt, kind, errorClass, message, stack]) => ({
    id,
    type,
    typeVersion,
    queue,
    payload,
    attempt,
    kind,
    errorClass,
    message,
    stack,
  }))
}
