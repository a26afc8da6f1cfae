import { maxHookRuns } from '../../domain/job/hook-runs.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const returnLostHooksSql = (s: string): string => /* sql */ `
  WITH lost AS (
    UPDATE ${s}.failed_job SET hook = CASE WHEN hook_runs < ${maxHookRuns} THEN 'due' ELSE 'taken' END, hook_by = NULL
     WHERE hook_by IS NOT NULL AND NOT EXISTS (SELECT FROM ${s}.station AS s WHERE s.id = failed_job.hook_by AND s.state = 'alive')
    RETURNING id, hook)
  SELECT id FROM lost WHERE hook = 'taken'`

/** Hooks whose station is no longer alive are due again, those begun too often are let be: their ids. */
export function returnLostHooks(db: PostgresDatabase): () => Promise<readonly number[]> {
  const sql = returnLostHooksSql(db.schema)
  return async () => (await db.query<{ id: number }>(sql, [])).map(({ id }) => id)
}
