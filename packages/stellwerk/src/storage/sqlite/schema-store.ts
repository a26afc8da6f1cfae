import { StellwerkError } from '../../domain/errors.ts'
import type { SchemaStore } from '../schema-store.ts'
import { checkStore } from './check-store.ts'
import type { SqliteConnection } from './connection.ts'
import { identifyDatabase } from './identify-database.ts'
import { migrate } from './migrate.ts'

const INSTALLATION = /* sql */ `SELECT installation_id FROM stellwerk_schema`

/** The role of migrate, doctor and every opening, over one connection. */
export function createSchemaStore(connection: SqliteConnection): SchemaStore {
  return {
    version: () => connection.read(() => identifyDatabase(connection)),
    migrate: () => migrate(connection),
    installationId: () => connection.read(() => installationId(connection)),
    check: () => connection.read(() => checkStore(connection)),
  }
}

function installationId(connection: SqliteConnection): string {
  const [id] = connection.prepare<[string]>(INSTALLATION).get() ?? []
  if (id !== undefined) return id
  throw new StellwerkError(
    'SCHEMA_MISSING',
    `${connection.path}: the schema names no installation; run \`stellwerk migrate\``,
  )
}
