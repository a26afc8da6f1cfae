import type { LiveToken, TokenRecord, TokenStore } from '../token-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const columns = `
  id, prefix, name, role, queues, created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
  revoked_at AS "revokedAt"`

const createSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.stellwerk_token (hash, prefix, name, role, queues, created_at, created_by, expires_at)
  SELECT $1, $2, $3, $4, $5, at, $6, at + $7::bigint FROM (SELECT ${s}.now_ms() AS at OFFSET 0) AS moment RETURNING ${columns}`

const live = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > at)'

const findSql = (s: string): string => /* sql */ `
  SELECT ${columns}, hash, at AS now FROM ${s}.stellwerk_token CROSS JOIN (SELECT ${s}.now_ms() AS at OFFSET 0) AS moment WHERE hash = $1 AND ${live}`

const countSql = (s: string): string => /* sql */ `
  SELECT count(*) AS count FROM ${s}.stellwerk_token CROSS JOIN (SELECT ${s}.now_ms() AS at OFFSET 0) AS moment WHERE ${live}`

const touchSql = (s: string): string => /* sql */ `
  UPDATE ${s}.stellwerk_token SET last_used_at = at FROM (SELECT ${s}.now_ms() AS at OFFSET 0) AS moment
   WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= at - 60000)`

const revokeSql = (s: string): string => /* sql */ `
  WITH revoked AS (UPDATE ${s}.stellwerk_token SET revoked_at = ${s}.now_ms() WHERE id = $1 AND revoked_at IS NULL RETURNING id)
  SELECT CASE WHEN EXISTS (SELECT 1 FROM revoked) THEN 'revoked' ELSE 'before' END AS became FROM ${s}.stellwerk_token WHERE id = $1`

/** Queues as they are stored. */
interface Stored {
  readonly queues: string | null
}

/** The role of everyone who deals with tokens. */
export function createTokenStore(db: PostgresDatabase, reads: ColdReads): TokenStore {
  return {
    create: async ({ hash, prefix, name, role, queues, createdBy, lifetimeMs }) => {
      const values = [hash, prefix, name, role, queues && JSON.stringify(queues), createdBy, lifetimeMs]
      const [row] = await db.query<TokenRecord & Stored>(createSql(db.schema), values)
      return withQueues(row as TokenRecord & Stored)
    },
    list: (limit) => reads.read(({ listTokens }, kysely) => listTokens(kysely, limit)),
    findLive: async (hash) => {
      const [row] = await db.query<LiveToken & Stored>(findSql(db.schema), [hash])
      return row && withQueues(row)
    },
    touch: async (id) => {
      await db.query(touchSql(db.schema), [id])
    },
    revoke: async (id) =>
      (await db.query<{ became: 'revoked' | 'before' }>(revokeSql(db.schema), [id]))[0]?.became ?? 'absent',
    countLive: async () => (await db.query<{ count: number }>(countSql(db.schema)))[0]?.count ?? 0,
  }
}

function withQueues<Row extends TokenRecord>(row: Omit<Row, 'queues'> & Stored): Row {
  return {
    ...row,
    queues: row.queues === null ? null : (JSON.parse(row.queues) as readonly string[]),
  } as unknown as Row
}
