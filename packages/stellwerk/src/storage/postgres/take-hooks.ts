import type { Failure } from '../../domain/job/failure.ts'
import type { TakenHook } from '../failed-job-store.ts'
import { textArray } from './array-literals.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const takeHooksSql = (s: string): string => /* sql */ `
  WITH taken AS (
    UPDATE ${s}.failed_job SET hook = 'taken', hook_by = $3, hook_runs = hook_runs + 1
     WHERE id = ANY(ARRAY(SELECT id FROM ${s}.failed_job WHERE hook = 'due' AND type = ANY($1::text[]) ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED))
    RETURNING *)
  SELECT t.id, t.type, t.type_version AS "typeVersion", coalesce(t.origin_queue, t.queue) AS queue, t.priority, t.created_at AS "createdAt", t.run_at AS "runAt",
         t.parent_id AS "parentId", t.run_id AS "runId", t.payload, t.attempt, t.claim_seq AS "claimSeq", t.hook_by AS "stationId",
         t.hook_runs AS "hookRun", t.kind, t.error_class AS "errorClass", t.error_message AS message, a.stack, coalesce(a.causes, '[]') AS causes
    FROM taken AS t LEFT JOIN ${s}.job_attempt AS a ON a.job_id = t.id AND a.claim_seq = t.claim_seq
   ORDER BY t.id`

interface HookRow extends Omit<TakenHook, 'failure'>, Omit<Failure, 'causes'> {
  /** JSON of FailureCause[]. */
  readonly causes: string
}

/** Takes due hooks of these types in the name of a station; nobody else gets them. */
export function takeHooks(db: PostgresDatabase): TakeHooks {
  const sql = takeHooksSql(db.schema)
  return async (types, limit, stationId) =>
    (await db.query<HookRow>(sql, [textArray(types), limit, stationId])).map(toTakenHook)
}

type TakeHooks = (types: readonly string[], limit: number, stationId: string) => Promise<readonly TakenHook[]>

function toTakenHook({ kind, errorClass, message, stack, causes, ...job }: HookRow): TakenHook {
  return { ...job, failure: { kind, errorClass, message, stack, causes: JSON.parse(causes) as Failure['causes'] } }
}
