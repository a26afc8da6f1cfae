import { maxHookRuns } from '../../domain/job/hook-runs.ts'
import type { HookEnd, HookRef } from '../failed-job-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const held = `hook = 'taken' AND hook_by = $3 AND id = $1 AND claim_seq = $2`

const endHookSql = (s: string): string => /* sql */ `UPDATE ${s}.failed_job SET hook_by = NULL WHERE ${held}`

/** `$4`: it was begun; else its run counts for nothing. */
const returnHookSql = (s: string): string => /* sql */ `
  UPDATE ${s}.failed_job
     SET hook = CASE WHEN $4 AND hook_runs >= ${maxHookRuns} THEN 'taken' ELSE 'due' END, hook_by = NULL,
         hook_runs = CASE WHEN $4 THEN hook_runs ELSE hook_runs - 1 END
   WHERE ${held}
  RETURNING hook = 'due' AS "isDue"`

/** How a taken hook ends, told by who has it: it ran, or goes back; answers whether it is due again. */
export function endHook(db: PostgresDatabase): (hook: HookRef, end: HookEnd) => Promise<boolean> {
  const [ran, returned] = [endHookSql(db.schema), returnHookSql(db.schema)]
  return async ({ id, claimSeq, stationId }, end) => {
    if (end === 'ran') await db.query(ran, [id, claimSeq, stationId])
    if (end === 'ran') return false
    const [row] = await db.query<{ isDue: boolean }>(returned, [id, claimSeq, stationId, end === 'lost'])
    return row?.isDue === true
  }
}
