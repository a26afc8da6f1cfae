import type { FailureCause, FailureKind } from '../../domain/job/failure.ts'
import type { TakenHook } from '../failed-job-store.ts'
import type { SqliteConnection } from './connection.ts'

const TAKE = /* sql */ `
  UPDATE failed_job SET hook = 'taken', hook_by = ?, hook_runs = hook_runs + 1
   WHERE hook = 'due'
     AND id IN (SELECT id FROM failed_job WHERE hook = 'due' AND type IN (SELECT value FROM json_each(?)) LIMIT ?)
  RETURNING id, type, type_version, coalesce(origin_queue, queue), priority, created_at, run_at, parent_id, run_id, payload, attempt, claim_seq,
            hook_runs, kind, error_class, error_message`

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
  claimSeq: number,
  hookRun: number,
  kind: FailureKind,
  errorClass: string,
  message: string,
]

/** Whose hooks are taken, how many at most, and for whom. */
export interface HooksAsked {
  readonly types: readonly string[]
  readonly limit: number
  readonly stationId: string
}

/** Takes due hooks of these types inside a transaction: nobody else gets them. */
export function takeHooks(connection: SqliteConnection, asked: HooksAsked): readonly TakenHook[] {
  const { types, limit, stationId } = asked
  const rows = connection.prepare<HookRow>(TAKE).all(stationId, JSON.stringify(types), limit)
  return rows.map((row) => ({ ...toTakenHook(connection, row), stationId }))
}

function toTakenHook(connection: SqliteConnection, row: HookRow): Omit<TakenHook, 'stationId'> {
  const [id, type, typeVersion, queue, priority, createdAt, runAt, parentId, runId, payload, attempt, ...ended] = row
  const [claimSeq, hookRun, kind, errorClass, message] = ended
  const [stack, causes] = connection.prepare<[string | null, string]>(LAST_ATTEMPT).get(id) ?? [null, '[]']
  const failure = { kind, errorClass, message, stack, causes: JSON.parse(causes) as readonly FailureCause[] }
  const job = { id, type, typeVersion, queue, priority, createdAt, runAt, parentId, runId, payload, attempt }
  return { ...job, claimSeq, hookRun, failure }
}
