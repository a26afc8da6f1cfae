import type { FailureCause, FailureKind } from '../../domain/job/failure.ts'
import type { TakenHook } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'

const TAKE = /* sql */ `
  UPDATE failed_job SET hook = 'taken'
   WHERE hook = 'due'
     AND id IN (SELECT id FROM failed_job WHERE hook = 'due' AND type IN (SELECT value FROM json_each(?)) LIMIT ?)
  RETURNING id, type, type_version, coalesce(origin_queue, queue), priority, created_at, run_at, parent_id, run_id, payload, attempt, kind, error_class,
            error_message`

/** The newest attempt is the one that ended it. */
const LAST_ATTEMPT = /* sql */ `SELECT stack, causes FROM job_attempt WHERE job_id = ? ORDER BY claim_seq DESC LIMIT 1`

type HookRow = [
  id: number,
  type: string,
  typeVersion: number,
  queue: string,
  priority: number,
  createdAt: number,
  runAt: number,
  parentId: number | null,
  runId: string | null,
  payload: string,
  attempt: number,
  kind: FailureKind,
  errorClass: string,
  message: string,
]

/** Takes due hooks of these types inside a transaction: nobody else gets them. */
export function takeHooks(connection: SqliteConnection, types: readonly string[], limit: number): readonly TakenHook[] {
  const rows = connection.prepare<HookRow>(TAKE).all(JSON.stringify(types), limit)
  return rows.map((row) => toTakenHook(connection, row))
}

function toTakenHook(connection: SqliteConnection, row: HookRow): TakenHook {
  const [id, type, typeVersion, queue, priority, createdAt, runAt, parentId, runId, payload, attempt, ...ended] = row
  const [kind, errorClass, message] = ended
  const [stack, causes] = connection.prepare<[string | null, string]>(LAST_ATTEMPT).get(id) ?? [null, '[]']
  const failure = { kind, errorClass, message, stack, causes: JSON.parse(causes) as readonly FailureCause[] }
  return { id, type, typeVersion, queue, priority, createdAt, runAt, parentId, runId, payload, attempt, failure }
}
