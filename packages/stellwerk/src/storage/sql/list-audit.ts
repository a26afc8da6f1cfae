import { noHash } from '../audit-hash.ts'
import type { AuditChain, AuditEntry, AuditFilter } from '../audit-store.ts'
import type { Kysely } from './kysely.ts'
import type { AuditTable, Database } from './tables.ts'

/** One page, newest first. */
export async function listAudit(db: Kysely<Database>, filter: AuditFilter): Promise<readonly AuditEntry[]> {
  let query = db.selectFrom('stellwerk_audit').selectAll()
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.actor !== undefined) query = query.where('actor_name', '=', filter.actor)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.target !== undefined) query = query.where('target', '=', filter.target)
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(toEntry)
}

/** Entries above an id, oldest first. */
export async function auditAfter(
  db: Kysely<Database>,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  const query = db.selectFrom('stellwerk_audit').selectAll().where('id', '>', afterId)
  return (await query.orderBy('id').limit(limit).execute()).map(toEntry)
}

/** Where the log begins and ends. A chain whose row somebody has removed counts as empty, which a walk along the entries finds wrong. */
export async function readAuditChain(db: Kysely<Database>): Promise<AuditChain> {
  const row = await db
    .selectFrom('stellwerk_audit_chain')
    .select(['anchor_id', 'anchor_at', 'anchor_hash', 'last_id', 'last_hash'])
    .executeTakeFirst()
  return {
    anchorId: row?.anchor_id ?? 0,
    anchorAt: row?.anchor_at ?? null,
    anchorHash: row?.anchor_hash ?? noHash,
    lastId: row?.last_id ?? 0,
    lastHash: row?.last_hash ?? noHash,
  }
}

function toEntry(row: AuditTable): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    tokenId: row.token_id,
    ip: row.ip,
    requestId: row.request_id,
    action: row.action,
    target: row.target,
    filter: row.filter,
    before: row.before,
    after: row.after,
    count: row.count,
    outcome: row.outcome,
    reason: row.reason,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
