import type { PostgresDatabase } from './postgres-database.ts'

/** Deletes at most `limit` receipts older than `olderThanMs`, oldest first; returns how many. Idempotent, leaves alone what another sweeps. */
export async function sweepReceipts(db: PostgresDatabase, olderThanMs: number, limit: number): Promise<number> {
  const rows = await db.query<{ swept: number }>(
    /* sql */ `
    WITH swept AS (
      DELETE FROM ${db.schema}.dispatch_receipt
       WHERE token = ANY(ARRAY(SELECT token FROM ${db.schema}.dispatch_receipt WHERE at < ${db.schema}.now_ms() - $1::bigint
                                ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED))
      RETURNING 1)
    SELECT count(*) AS swept FROM swept`,
    [olderThanMs, limit],
  )
  return rows[0]?.swept ?? 0
}
