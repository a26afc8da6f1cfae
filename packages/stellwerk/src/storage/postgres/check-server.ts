import { StellwerkError } from '../../domain/errors.ts'
import type { StoreCheck } from '../schema-store.ts'
import { readVersion } from './migrate.ts'
import { programVersion } from './migrations/migrations.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const oldestServer = 140_000

interface ServerFacts {
  readonly version: number
  readonly version_text: string
  readonly in_recovery: boolean
  readonly read_only: string
  readonly fsync: string
  readonly synchronous_commit: string
  readonly isolation: string
  readonly encoding: string
}

const factsSql = `
  SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_text, pg_is_in_recovery() AS in_recovery,
         current_setting('default_transaction_read_only') AS read_only, current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS synchronous_commit, current_setting('default_transaction_isolation') AS isolation,
         current_setting('server_encoding') AS encoding`

/** What every opening asks first. @throws SERVER_TOO_OLD, STORE_NOT_WRITABLE */
export async function assertServer(db: PostgresDatabase): Promise<void> {
  const facts = await readFacts(db)
  if (facts.version < oldestServer) {
    throw new StellwerkError(
      'SERVER_TOO_OLD',
      `PostgreSQL at ${db.place} is version ${facts.version_text}; Stellwerk needs 14 or newer. Update the server.`,
    )
  }
  if (facts.in_recovery || facts.read_only === 'on') {
    throw new StellwerkError(
      'STORE_NOT_WRITABLE',
      `PostgreSQL at ${db.place} takes no writes (${facts.in_recovery ? 'it is a replica' : 'default_transaction_read_only is on'}). Point the store address at the primary.`,
    )
  }
}

const commitWords: Readonly<Record<string, string>> = {
  on: 'each is on disk before it counts',
  local: 'each is on disk before it counts, whatever replicas do',
  remote_write: 'each is on disk before it counts, and sent to the replica',
  remote_apply: 'each is on disk before it counts, and seen on the replica',
}

/** The self-check of doctor; read-only. @throws StellwerkError only where the server cannot be asked */
export async function checkServer(db: PostgresDatabase): Promise<readonly StoreCheck[]> {
  const facts = await readFacts(db)
  const version = await readVersion(db, db.schema)
  return [
    check('server version', facts.version >= oldestServer, {
      found: `PostgreSQL ${facts.version_text}`,
      remedy: 'Update the server to PostgreSQL 14 or newer.',
    }),
    check('writable', !facts.in_recovery && facts.read_only === 'off', {
      found: facts.in_recovery
        ? 'no, it is a replica'
        : facts.read_only === 'off'
          ? 'yes'
          : 'no, default_transaction_read_only is on',
      remedy: 'Point the store address at the primary.',
    }),
    check('fsync', facts.fsync === 'on', {
      found: facts.fsync === 'on' ? 'what is written is on disk' : 'fsync is off',
      remedy: 'Set fsync = on: without it a power loss destroys the database.',
    }),
    check('synchronous_commit', facts.synchronous_commit !== 'off', {
      found: commitWords[facts.synchronous_commit] ?? `synchronous_commit is ${facts.synchronous_commit}`,
      remedy: 'Set synchronous_commit = on: without it acknowledged jobs are lost by a crash.',
    }),
    check('isolation', facts.isolation === 'read committed', {
      found: facts.isolation,
      remedy: "Set default_transaction_isolation = 'read committed' for the user of Stellwerk.",
    }),
    check('encoding', facts.encoding === 'UTF8', {
      found: facts.encoding,
      remedy: 'Use a database with encoding UTF8.',
    }),
    check('schema', version !== null && version.version >= programVersion, {
      found: version === null ? 'missing' : `version ${version.version}`,
      remedy: 'Run: stellwerk migrate',
    }),
  ]
}

function check(name: string, ok: boolean, { found, remedy }: { found: string; remedy: string }): StoreCheck {
  return { name, ok, found, remedy: ok ? null : remedy }
}

async function readFacts(db: PostgresDatabase): Promise<ServerFacts> {
  const [facts] = await db.query<ServerFacts>(factsSql)
  if (facts === undefined) throw new StellwerkError('INTERNAL', `PostgreSQL at ${db.place} gave no settings.`)
  return facts
}
