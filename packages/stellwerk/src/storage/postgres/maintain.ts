import { foldTallies } from './fold-tallies.ts'
import { daysAhead, makePartitions } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const dayMs = 86_400_000

/** What stations have done about once a second: folds the counters, and makes day partitions when the last ones made come nearer than seven days. */
export function createMaintain(db: PostgresDatabase): () => Promise<void> {
  let madeUntil = Number.NEGATIVE_INFINITY
  const nowSql = `SELECT ${db.schema}.now_ms() AS now`
  return async () => {
    await foldTallies(db)
    const now = (await db.query<{ now: number }>(nowSql))[0]?.now ?? 0
    if (now + daysAhead * dayMs >= madeUntil) madeUntil = await makePartitions(db)
  }
}
