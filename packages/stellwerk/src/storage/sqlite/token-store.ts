import type { Role } from '../../domain/access/role.ts'
import type { LiveToken, NewToken, TokenRecord, TokenStore } from '../token-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'

const CREATE = /* sql */ `
  INSERT INTO stellwerk_token (hash, prefix, name, role, queues, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

const LIVE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)'

const FIND = /* sql */ `
  SELECT id, hash, prefix, name, role, queues, created_at, created_by, expires_at, last_used_at FROM stellwerk_token WHERE hash = ? AND ${LIVE}`

const COUNT = /* sql */ `SELECT count(*) FROM stellwerk_token WHERE ${LIVE}`

const TOUCH = /* sql */ `UPDATE stellwerk_token SET last_used_at = ?1 WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at <= ?1 - 60000)`

const REVOKE = /* sql */ `UPDATE stellwerk_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL`

const EXISTS = /* sql */ `SELECT id FROM stellwerk_token WHERE id = ?`

type FoundRow = [number, string, string, string, Role, string | null, number, string, number | null, number | null]

/** The role of everyone who deals with tokens, over one connection. */
export function createTokenStore(connection: SqliteConnection, cold: ColdReads): TokenStore {
  return {
    create: (token) => connection.write(() => create(connection, token)),
    list: (limit) => cold.read(({ listTokens }, db) => listTokens(db, limit)),
    findLive: (hash) => connection.read(() => findLive(connection, hash)),
    touch: async (id) => {
      await connection.write(() => connection.prepare(TOUCH).run(connection.nowMs(), id))
    },
    revoke: (id) =>
      connection.write(() => {
        if (connection.prepare(REVOKE).run(connection.nowMs(), id) === 1) return 'revoked'
        return connection.prepare(EXISTS).get(id) === undefined ? 'absent' : 'before'
      }),
    countLive: () => connection.read(() => connection.prepare<[number]>(COUNT).get(connection.nowMs())?.[0] ?? 0),
  }
}

function create(connection: SqliteConnection, token: NewToken): TokenRecord {
  const { hash, lifetimeMs, ...shown } = token
  const createdAt = connection.nowMs()
  const expiresAt = lifetimeMs === null ? null : createdAt + lifetimeMs
  const queues = shown.queues === null ? null : JSON.stringify(shown.queues)
  const values = [hash, shown.prefix, shown.name, shown.role, queues, createdAt, shown.createdBy, expiresAt] as const
  const id = connection.prepare(CREATE).insert(...values)
  return { ...shown, id, createdAt, expiresAt, lastUsedAt: null, revokedAt: null }
}

function findLive(connection: SqliteConnection, wanted: string): LiveToken | undefined {
  const now = connection.nowMs()
  const row = connection.prepare<FoundRow>(FIND).get(wanted, now)
  if (row === undefined) return undefined
  const [id, hash, prefix, name, role, queues, createdAt, createdBy, expiresAt, lastUsedAt] = row
  const list = queues === null ? null : (JSON.parse(queues) as readonly string[])
  return {
    id,
    hash,
    prefix,
    name,
    role,
    queues: list,
    createdAt,
    createdBy,
    expiresAt,
    lastUsedAt,
    revokedAt: null,
    now,
  }
}
