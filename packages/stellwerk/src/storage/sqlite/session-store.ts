import type { Role } from '../../domain/access/role.ts'
import type { LiveSession, NewSession, SessionStore } from '../session-store.ts'
import type { SqliteConnection } from './connection.ts'

const CREATE_LINK = /* sql */ `INSERT INTO stellwerk_login_link (hash, created_by, created_at, ends_at) VALUES (?, ?, ?, ?)`

const TAKE_LINK = /* sql */ `DELETE FROM stellwerk_login_link WHERE hash = ? AND ends_at > ? RETURNING created_by`

const OPEN = /* sql */ `
  INSERT INTO stellwerk_session (hash, token_id, name, role, queues, created_at, last_seen_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

const HOLDS = /* sql */ `
  ends_at > ?1 AND last_seen_at > ?1 - ?2 AND (token_id IS NULL OR EXISTS (
    SELECT 1 FROM stellwerk_token AS t WHERE t.id = token_id AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?1)))`

const FIND = /* sql */ `
  SELECT hash, token_id, name, role, queues, created_at, last_seen_at, ends_at FROM stellwerk_session WHERE hash = ?3 AND ${HOLDS}`

const TOUCH = /* sql */ `UPDATE stellwerk_session SET last_seen_at = ?1 WHERE hash = ?2 AND last_seen_at <= ?1 - 60000`

const CLOSE = /* sql */ `DELETE FROM stellwerk_session WHERE hash = ?`

const SWEEP = /* sql */ `
  DELETE FROM stellwerk_session WHERE hash IN (SELECT hash FROM stellwerk_session WHERE NOT (${HOLDS}) LIMIT ?3)`

const SWEEP_LINKS = /* sql */ `
  DELETE FROM stellwerk_login_link WHERE hash IN (SELECT hash FROM stellwerk_login_link WHERE ends_at <= ?1 LIMIT ?2)`

type FoundRow = [string, number | null, string, Role, string | null, number, number, number]

/** The role of everyone who logs in, over one connection. */
export function createSessionStore(connection: SqliteConnection): SessionStore {
  return {
    createLink: async ({ hash, createdBy, lifetimeMs }) => {
      await connection.write(() => {
        const now = connection.nowMs()
        connection.prepare(CREATE_LINK).run(hash, createdBy, now, now + lifetimeMs)
      })
    },
    redeemLink: (linkHash, session) =>
      connection.write(() => {
        const [name] = connection.prepare<[string]>(TAKE_LINK).get(linkHash, connection.nowMs()) ?? [null]
        if (name !== null) open(connection, { ...session, name, tokenId: null, queues: null })
        return name
      }),
    open: (session) => connection.write(() => open(connection, session)),
    findLive: (hash, idleMs) => connection.read(() => findLive(connection, hash, idleMs)),
    touch: async (hash) => {
      await connection.write(() => connection.prepare(TOUCH).run(connection.nowMs(), hash))
    },
    close: (hash) => connection.write(() => connection.prepare(CLOSE).run(hash) === 1),
    sweep: (idleMs, limit) =>
      connection.write(() => {
        const now = connection.nowMs()
        return connection.prepare(SWEEP).run(now, idleMs, limit) + connection.prepare(SWEEP_LINKS).run(now, limit)
      }),
  }
}

function open(connection: SqliteConnection, session: NewSession): void {
  const now = connection.nowMs()
  const queues = session.queues === null ? null : JSON.stringify(session.queues)
  const { hash, tokenId, name, role, lifetimeMs } = session
  connection.prepare(OPEN).run(hash, tokenId, name, role, queues, now, now, now + lifetimeMs)
}

function findLive(connection: SqliteConnection, wanted: string, idleMs: number): LiveSession | undefined {
  const now = connection.nowMs()
  const row = connection.prepare<FoundRow>(FIND).get(now, idleMs, wanted)
  if (row === undefined) return undefined
  const [hash, tokenId, name, role, queues, createdAt, lastSeenAt, endsAt] = row
  const list = queues === null ? null : (JSON.parse(queues) as readonly string[])
  return { hash, tokenId, name, role, queues: list, createdAt, lastSeenAt, endsAt, now }
}
