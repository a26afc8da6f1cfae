import type { AuditStore } from '../audit-store.ts'
import { appendAudit } from './append-audit.ts'
import type { ColdReads } from './cold-reads.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** The role of everyone who writes or reads the audit log. */
export function createAuditStore(db: PostgresDatabase, reads: ColdReads): AuditStore {
  return {
    append: (entry) => appendAudit(db, entry),
    list: (filter) => reads.read(({ listAudit }, kysely) => listAudit(kysely, filter)),
    after: (afterId, limit) => reads.read(({ auditAfter }, kysely) => auditAfter(kysely, { afterId, limit })),
    chain: () => reads.read(({ readAuditChain }, kysely) => readAuditChain(kysely)),
  }
}
