import type { AuditEntry as Entry } from '../../storage/audit-store.ts'
import type { AuditEntry } from '../schemas/audit.ts'
import { toIso } from './to-job.ts'

/** An entry of the audit log as the interface shows it. Pure. */
export function toAuditEntry(entry: Entry): AuditEntry {
  const { id, at, tokenId, filter, before, after, previousHash: _previousHash, ...rest } = entry
  return {
    ...rest,
    id: String(id),
    at: toIso(at),
    tokenId: tokenId === null ? null : String(tokenId),
    filter: jsonOf(filter),
    before: jsonOf(before),
    after: jsonOf(after),
  }
}

function jsonOf(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
