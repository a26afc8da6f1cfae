import { auditContent, auditHash } from '../audit-hash.ts'
import type { NewAuditEntry } from '../audit-store.ts'
import type { SqliteConnection } from './connection.ts'

const LAST = /* sql */ `SELECT last_id, last_at, last_hash FROM stellwerk_audit_chain`

const INSERT = /* sql */ `
  INSERT INTO stellwerk_audit (id, at, actor_kind, actor_name, token_id, ip, request_id, action, target, filter, before, after, count, outcome, reason,
         previous_hash, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const ADVANCE = /* sql */ `UPDATE stellwerk_audit_chain SET last_id = ?, last_at = ?, last_hash = ?`

/** Puts an entry at the end of the chain, inside a transaction; returns its id. The write lock lets one at a time through. */
export function appendAudit(connection: SqliteConnection, entry: NewAuditEntry): number {
  const [lastId, lastAt, previousHash] = connection.prepare<[number, number, string]>(LAST).get() ?? [0, 0, '']
  const id = lastId + 1
  const at = Math.max(connection.nowMs(), lastAt)
  const hash = auditHash({ previousHash, id, at }, auditContent(entry))
  const { actorKind, actorName, tokenId, ip, requestId, action, target, filter, before, after } = entry
  const who = [actorKind, actorName, tokenId, ip, requestId] as const
  const what = [action, target, filter, before, after, entry.count, entry.outcome, entry.reason] as const
  connection.prepare(INSERT).run(id, at, ...who, ...what, previousHash, hash)
  connection.prepare(ADVANCE).run(id, at, hash)
  return id
}
