import type { ChangeResult } from '../job-store.ts'
import { explainRefusal } from './change-job.ts'
import { laneKeySql } from './lane-key.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const laneOfChanged = laneKeySql({ queue: 'queue', type: 'type', inBatch: 'in_batch', priority: '$2::smallint' })

const setPrioritySql = (s: string): string => /* sql */ `
  UPDATE ${s}.job SET priority = $2, lane = ${laneOfChanged} WHERE id = $1 AND state IN ('scheduled', 'pending', 'blocked', 'retrying') RETURNING id`

/** Guarded: only a waiting job changes its priority; it keeps its position. */
export async function setPriority(db: PostgresDatabase, id: number, priority: number): Promise<ChangeResult> {
  const rows = await db.query(setPrioritySql(db.schema), [id, priority])
  return rows.length > 0 ? { changed: true } : await explainRefusal(db, db.schema, id)
}
