import type { TokenRecord } from '../token-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database, TokenTable } from './tables.ts'

/** Tokens, the newest first, whether or not they still hold. */
export async function listTokens(db: Kysely<Database>, limit: number): Promise<readonly TokenRecord[]> {
  const rows = await db.selectFrom('stellwerk_token').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map(toToken)
}

function toToken(row: TokenTable): TokenRecord {
  return {
    id: row.id,
    prefix: row.prefix,
    name: row.name,
    role: row.role,
    queues: row.queues === null ? null : (JSON.parse(row.queues) as readonly string[]),
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}
