import { isStellwerkError, StellwerkError } from '../../domain/errors.ts'
import type { SchemaStore, StoreCheck } from '../schema-store.ts'
import { checkServer } from './check-server.ts'
import { type MigrationTools, migrate, readVersion } from './migrate.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** The role of migrate, doctor and every opening. */
export function createSchemaStore(db: PostgresDatabase, tools: MigrationTools): SchemaStore {
  return {
    version: () => readVersion(db, db.schema),
    migrate: () => migrate(db, tools),
    installationId: () => installationId(db),
    check: () => check(db),
  }
}

async function installationId(db: PostgresDatabase): Promise<string> {
  const [row] = await db.query<{ id: string }>(`SELECT installation_id AS id FROM ${db.schema}.stellwerk_schema`)
  if (row === undefined) {
    throw new StellwerkError(
      'SCHEMA_MISSING',
      `PostgreSQL at ${db.place} holds no schema of Stellwerk. Run: stellwerk migrate`,
    )
  }
  return row.id
}

/** A server that cannot be asked is a finding, too. */
async function check(db: PostgresDatabase): Promise<readonly StoreCheck[]> {
  try {
    return await checkServer(db)
  } catch (error) {
    if (!isStellwerkError(error)) throw error
    return [{ name: 'server', ok: false, found: error.code, remedy: error.message }]
  }
}
