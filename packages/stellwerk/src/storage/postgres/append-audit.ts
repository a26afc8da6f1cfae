import { auditContent } from '../audit-hash.ts'
import type { NewAuditEntry } from '../audit-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/**
 * One statement takes the end of the chain, makes the hash as auditHash does, and inserts. Who comes meanwhile waits for the chain's one row and then sees what it
 * has become: an UPDATE computes what it sets anew from the row that it waited for. OFFSET keeps the clock from being read twice.
 */
const appendSql = (s: string): string => /* sql */ `
  WITH head AS (
    UPDATE ${s}.stellwerk_audit_chain AS c
       SET (last_id, last_at, previous_hash, last_hash) = (
             SELECT c.last_id + 1, m.at, c.last_hash,
                    encode(sha256(convert_to(concat_ws(chr(10), c.last_hash, c.last_id + 1, m.at, $1::text), 'UTF8')), 'hex')
               FROM (SELECT greatest(${s}.now_ms(), c.last_at) AS at OFFSET 0) AS m)
    RETURNING last_id, last_at, previous_hash, last_hash)
  INSERT INTO ${s}.stellwerk_audit (id, at, previous_hash, hash, actor_kind, actor_name, token_id, ip, request_id, action, target, filter, before, after,
                                    count, outcome, reason)
  SELECT last_id, last_at, previous_hash, last_hash, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM head
  RETURNING id`

/** Puts an entry at the end of the chain; returns its id. */
export async function appendAudit(db: PostgresDatabase, entry: NewAuditEntry): Promise<number> {
  const { actorKind, actorName, tokenId, ip, requestId, action, target, filter, before, after } = entry
  const who = [actorKind, actorName, tokenId, ip, requestId]
  const what = [action, target, filter, before, after, entry.count, entry.outcome, entry.reason]
  const [row] = await db.query<{ id: number }>(appendSql(db.schema), [auditContent(entry), ...who, ...what])
  return row?.id ?? 0
}
