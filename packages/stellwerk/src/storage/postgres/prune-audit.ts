import type { PruneStep } from '../retention-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const nextSql = (s: string): string => /* sql */ `
  SELECT id, at, hash FROM (
    SELECT id, at, hash FROM ${s}.stellwerk_audit WHERE id > (SELECT anchor_id FROM ${s}.stellwerk_audit_chain) ORDER BY id LIMIT $1) AS oldest
   WHERE at < $2 ORDER BY id DESC LIMIT 1`

const anchorSql = (s: string): string => /* sql */ `
  UPDATE ${s}.stellwerk_audit_chain SET anchor_id = $1, anchor_at = $2, anchor_hash = $3 WHERE anchor_id < $1 RETURNING single`

const deleteSql = (s: string): string => /* sql */ `
  WITH gone AS (DELETE FROM ${s}.stellwerk_audit WHERE id <= $1 RETURNING 1) SELECT count(*) AS removed FROM gone`

interface Oldest {
  readonly id: number
  readonly at: number
  readonly hash: string
}

/** At most `limit` of the oldest entries, written before `before`. The last of them becomes the anchor from which the chain is verified; another pruner's later anchor stands. */
export async function pruneAudit(
  db: PostgresDatabase,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<PruneStep> {
  const s = db.schema
  return await db.transaction(async (tx) => {
    const [last] = await tx.query<Oldest>(nextSql(s), [limit, before])
    if (last === undefined) return { removed: 0, isDone: true }
    const moved = await tx.query(anchorSql(s), [last.id, last.at, last.hash])
    if (moved.length === 0) return { removed: 0, isDone: false }
    const [row] = await tx.query<{ removed: number }>(deleteSql(s), [last.id])
    const removed = row?.removed ?? 0
    return { removed, isDone: removed < limit }
  })
}
