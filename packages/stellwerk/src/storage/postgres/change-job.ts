import type { JobState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import type { PostgresStatements } from './postgres-database.ts'

const findStateSql = (s: string): string => /* sql */ `
  SELECT state FROM ${s}.job WHERE id = $1
  UNION ALL SELECT 'failed' FROM ${s}.failed_job WHERE id = $1
  UNION ALL SELECT state FROM ${s}.finished_job WHERE id = $1
  UNION ALL SELECT state FROM ${s}.archived_job WHERE id = $1`

/** Why a guarded change of one job found no row. */
export async function explainRefusal(db: PostgresStatements, schema: string, id: number): Promise<ChangeResult> {
  const [row] = await db.query<{ state: JobState }>(findStateSql(schema), [id])
  if (row === undefined) return { changed: false, state: null, reason: 'absent' }
  return { changed: false, state: row.state, reason: 'state' }
}
