import type { PruneStep } from '../retention-store.ts'
import type { SqliteConnection } from './connection.ts'

const NEXT = /* sql */ `
  SELECT id, at, hash FROM (
    SELECT id, at, hash FROM stellwerk_audit WHERE id > (SELECT anchor_id FROM stellwerk_audit_chain) ORDER BY id LIMIT ?)
   WHERE at < ? ORDER BY id DESC LIMIT 1`

const ANCHOR = /* sql */ `UPDATE stellwerk_audit_chain SET anchor_id = ?, anchor_at = ?, anchor_hash = ?`

const DELETE = /* sql */ `DELETE FROM stellwerk_audit WHERE id <= ?`

/** Inside a transaction: at most `limit` of the oldest entries, written before `before`. The last of them becomes the anchor from which the chain is verified. */
export function pruneAudit(connection: SqliteConnection, before: number, limit: number): PruneStep {
  const last = connection.prepare<[number, number, string]>(NEXT).get(limit, before)
  if (last === undefined) return { removed: 0, isDone: true }
  connection.prepare(ANCHOR).run(...last)
  const removed = connection.prepare(DELETE).run(last[0])
  return { removed, isDone: removed < limit }
}
