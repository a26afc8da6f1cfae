import { StellwerkError } from '../../domain/errors.ts'
import type { SchemaVersion } from '../schema-store.ts'
import type { SqliteConnection } from './connection.ts'
import { migrations } from './migrations/all-migrations.ts'

/** Marks a database file as ours ("Stwk"). Source: sqlite.org/pragma.html#pragma_application_id. */
export const APPLICATION_ID = 0x5374776b

/** The newest schema that this program knows. */
export const PROGRAM_SCHEMA = migrations.at(-1)?.version ?? 0

const ourNames = migrations.flatMap(({ text }) =>
  [...text.matchAll(/CREATE (?:TABLE|INDEX|VIEW|TRIGGER) (\w+)/g)].map(([, name = '']) => name),
)

/**
 * Whose database it is: the schema's version, null for an empty file. With `shareFile` also null for a file with tables of an application
 * that has claimed no application id and uses none of our names.
 * @throws STORE_FOREIGN, SCHEMA_TOO_NEW
 */
export function identifyDatabase(connection: SqliteConnection, shareFile = false): SchemaVersion | null {
  const names = connection.prepare<[string]>('SELECT name FROM sqlite_schema').all().flat()
  // After the names: another process may make the schema just now, and its mark comes with its first table, in one commit.
  const [owner] = connection.prepare<[number]>('PRAGMA application_id').get() ?? [0]
  if (owner === APPLICATION_ID) return letIn(connection)
  if (owner === 0 && names.length === 0) return null
  if (owner === 0 && shareFile) return letInBeside(connection, names)
  const what = `the database of another application (application_id ${owner})`
  throw new StellwerkError(
    'STORE_FOREIGN',
    `${connection.path} is ${what}; choose another path${owner === 0 ? ', or open it with shareFile where it is your own' : ''}`,
    {
      details: { owner },
    },
  )
}

function letInBeside(connection: SqliteConnection, names: readonly string[]): null {
  const taken = names.find((name) => ourNames.includes(name))
  if (taken === undefined) return null
  throw new StellwerkError(
    'STORE_FOREIGN',
    `${connection.path} has a '${taken}' of its own, a name that Stellwerk needs; rename it, or give the jobs another file`,
    { details: { taken } },
  )
}

function letIn(connection: SqliteConnection): SchemaVersion {
  const row = connection.prepare<[number, number]>('SELECT version, oldest_program FROM stellwerk_schema').get()
  const [version, oldestProgram] = row ?? [0, 0]
  if (oldestProgram <= PROGRAM_SCHEMA) return { version, oldestProgram }
  const message = `${connection.path}: schema ${version} needs a program that knows schema ${oldestProgram}, this one knows ${PROGRAM_SCHEMA}; update stellwerk`
  throw new StellwerkError('SCHEMA_TOO_NEW', message, { details: { version, oldestProgram, known: PROGRAM_SCHEMA } })
}
