import type { AuditStore } from '../audit-store.ts'
import { appendAudit } from './append-audit.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'

/** The role of everyone who writes or reads the audit log, over one connection. */
export function createAuditStore(connection: SqliteConnection, cold: ColdReads): AuditStore {
  return {
    append: (entry) => connection.write(() => appendAudit(connection, entry)),
    list: (filter) => cold.read(({ listAudit }, db) => listAudit(db, filter)),
    after: (afterId, limit) => cold.read(({ auditAfter }, db) => auditAfter(db, { afterId, limit })),
    chain: () => cold.read(({ readAuditChain }, db) => readAuditChain(db)),
  }
}
