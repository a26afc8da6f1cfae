import { createHash } from 'node:crypto'
import type { AuditEntry, NewAuditEntry } from './audit-store.ts'

/** What stands before the first entry. */
export const noHash: string = '0'.repeat(64)

/** The part of an entry that its writer knows, in one canonical text. */
export function auditContent(entry: NewAuditEntry): string {
  const {
    actorKind,
    actorName,
    tokenId,
    ip,
    requestId,
    action,
    target,
    filter,
    before,
    after,
    count,
    outcome,
    reason,
  } = entry
  const fields = [
    actorKind,
    actorName,
    tokenId,
    ip,
    requestId,
    action,
    target,
    filter,
    before,
    after,
    count,
    outcome,
    reason,
  ]
  return JSON.stringify(fields)
}

/** SHA-256, as hex digits, over the hash before it, its id, its time and its content, each on a line. The statement of the PostgreSQL driver does the same. */
export function auditHash(
  { previousHash, id, at }: Pick<AuditEntry, 'previousHash' | 'id' | 'at'>,
  content: string,
): string {
  return createHash('sha256').update(`${previousHash}\n${id}\n${at}\n${content}`).digest('hex')
}
