import type { LiveSession, SessionStore } from '../session-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const moment = (s: string): string => `(SELECT ${s}.now_ms() AS at OFFSET 0) AS moment`

const createLinkSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.stellwerk_login_link (hash, created_by, created_at, ends_at) SELECT $1, $2, at, at + $3::bigint FROM ${moment(s)}`

const redeemSql = (s: string): string => /* sql */ `
  WITH taken AS (DELETE FROM ${s}.stellwerk_login_link WHERE hash = $1 AND ends_at > ${s}.now_ms() RETURNING created_by)
  INSERT INTO ${s}.stellwerk_session (hash, token_id, name, role, queues, created_at, last_seen_at, ends_at)
  SELECT $2, NULL, created_by, $3, NULL, at, at, at + $4::bigint FROM taken CROSS JOIN ${moment(s)}
  RETURNING name`

const openSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.stellwerk_session (hash, token_id, name, role, queues, created_at, last_seen_at, ends_at)
  SELECT $1, $2, $3, $4, $5, at, at, at + $6::bigint FROM ${moment(s)}`

/** Takes $1, how long a session may be idle. */
const holds = (s: string): string => `
  x.ends_at > at AND x.last_seen_at > at - $1::bigint AND (x.token_id IS NULL OR EXISTS (
    SELECT 1 FROM ${s}.stellwerk_token AS t WHERE t.id = x.token_id AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > at)))`

const findSql = (s: string): string => /* sql */ `
  SELECT hash, token_id AS "tokenId", name, role, queues, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ends_at AS "endsAt", at AS now
    FROM ${s}.stellwerk_session AS x CROSS JOIN ${moment(s)} WHERE hash = $2 AND ${holds(s)}`

const touchSql = (s: string): string => /* sql */ `
  UPDATE ${s}.stellwerk_session SET last_seen_at = at FROM ${moment(s)} WHERE hash = $1 AND last_seen_at <= at - 60000`

const closeSql = (s: string): string =>
  /* sql */ `DELETE FROM ${s}.stellwerk_session WHERE hash = $1 RETURNING 1 AS closed`

const sweepSql = (s: string): string => /* sql */ `
  WITH sessions AS (
    DELETE FROM ${s}.stellwerk_session WHERE hash = ANY(ARRAY(
      SELECT hash FROM ${s}.stellwerk_session AS x CROSS JOIN ${moment(s)} WHERE NOT (${holds(s)}) LIMIT $2)) RETURNING 1),
  links AS (
    DELETE FROM ${s}.stellwerk_login_link WHERE hash = ANY(ARRAY(
      SELECT hash FROM ${s}.stellwerk_login_link WHERE ends_at <= ${s}.now_ms() LIMIT $2)) RETURNING 1)
  SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM links) AS swept`

/** The role of everyone who logs in. */
export function createSessionStore(db: PostgresDatabase): SessionStore {
  const s = db.schema
  return {
    createLink: async ({ hash, createdBy, lifetimeMs }) => {
      await db.query(createLinkSql(s), [hash, createdBy, lifetimeMs])
    },
    redeemLink: async (linkHash, { hash, role, lifetimeMs }) => {
      const [row] = await db.query<{ name: string }>(redeemSql(s), [linkHash, hash, role, lifetimeMs])
      return row?.name ?? null
    },
    open: async ({ hash, tokenId, name, role, queues, lifetimeMs }) => {
      await db.query(openSql(s), [hash, tokenId, name, role, queues && JSON.stringify(queues), lifetimeMs])
    },
    findLive: async (hash, idleMs) => {
      const [row] = await db.query<Omit<LiveSession, 'queues'> & Stored>(findSql(s), [idleMs, hash])
      return row && { ...row, queues: row.queues === null ? null : (JSON.parse(row.queues) as readonly string[]) }
    },
    touch: async (hash) => {
      await db.query(touchSql(s), [hash])
    },
    close: async (hash) => (await db.query(closeSql(s), [hash])).length > 0,
    sweep: async (idleMs, limit) => (await db.query<{ swept: number }>(sweepSql(s), [idleMs, limit]))[0]?.swept ?? 0,
  }
}

/** Queues as they are stored. */
interface Stored {
  readonly queues: string | null
}
