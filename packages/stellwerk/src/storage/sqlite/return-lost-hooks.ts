import { maxHookRuns } from '../../domain/job/hook-runs.ts'
import type { SqliteConnection } from './connection.ts'

const LOST = /* sql */ `
  UPDATE failed_job SET hook = iif(hook_runs < ${maxHookRuns}, 'due', 'taken'), hook_by = NULL
   WHERE hook_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM station WHERE station.id = failed_job.hook_by AND state = 'alive')
  RETURNING id, hook`

/** Inside a transaction: hooks whose station is no longer alive are due again, those begun too often are let be: their ids. */
export function returnLostHooks(connection: SqliteConnection): readonly number[] {
  const lost = connection.prepare<[number, string]>(LOST).all()
  return lost.filter(([, hook]) => hook === 'taken').map(([id]) => id)
}
