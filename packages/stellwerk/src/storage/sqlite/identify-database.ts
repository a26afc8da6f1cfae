import { StellwerkError } from '../../domain/errors.ts'
import type { SchemaVersion } from '../schema-store.ts'
import type { SqliteConnection } from './connection.ts'
import { migrations } from './migrations/all-migrations.ts'

/** Marks a database file as ours ("Stwk"). Source: sqlite.org/pragma.html#pragma_application_id. */
export const APPLICATION_ID = 0x5374776b

/** The newest schema that this program knows. */
export const PROGRAM_SCHEMA = migrations.at(-1)?.version ?? 0

/**
 * Whose database it is: the schema's version, null for an empty file.
 * @throws STORE_FOREIGN, SCHEMA_TOO_NEW
 */
export function identifyDatabase(connection: SqliteConnection): SchemaVersion | null {
  const [owner] = connection.prepare<[number]>('PRAGMA application_id').get() ?? [0]
  if (owner === APPLICATION_ID) return letIn(connection)
  const [objects] = connection.prepare<[number]>('SELECT count(*) FROM sqlite_schema').get() ?? [0]
  if (owner === 0 && objects === 0) return null
  const what = `the database of another application (application_id ${owner})`
  throw new StellwerkError('STORE_FOREIGN', `${connection.path} is ${what}; choose another path`, {
    details: { owner },
  })
}

function letIn(connection: SqliteConnection): SchemaVersion {
  const row = connection.prepare<[number, number]>('SELECT version, oldest_program FROM stellwerk_schema').get()
  const [version, oldestProgram] = row ?? [0, 0]
  if (oldestProgram <= PROGRAM_SCHEMA) return { version, oldestProgram }
  const message = `${connection.path}: schema ${version} needs a program that knows schema ${oldestProgram}, this one knows ${PROGRAM_SCHEMA}; update stellwerk`
  throw new StellwerkError('SCHEMA_TOO_NEW', message, { details: { version, oldestProgram, known: PROGRAM_SCHEMA } })
}
