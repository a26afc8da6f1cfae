import type { ChangeResult } from '../job-store.ts'
import { explainRefusal } from './change-job.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const setPrioritySql = (s: string): string => /* sql */ `
  UPDATE ${s}.job SET priority = $2 WHERE id = $1 AND state IN ('scheduled', 'pending', 'blocked', 'retrying') RETURNING id`

/** Guarded: only a waiting job changes its priority; it keeps its position. */
export async function setPriority(db: PostgresDatabase, id: number, priority: number): Promise<ChangeResult> {
  const rows = await db.query(setPrioritySql(db.schema), [id, priority])
  return rows.length > 0 ? { changed: true } : await explainRefusal(db, db.schema, id)
}
