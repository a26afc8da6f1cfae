import { randomBytes } from 'node:crypto'
import type { AppliedStep } from '../schema-store.ts'
import type { SqliteConnection } from './connection.ts'
import { APPLICATION_ID, identifyDatabase } from './identify-database.ts'
import { migrations } from './migrations/all-migrations.ts'
import type { Migration } from './migrations/migration.ts'

const NOTE_VERSION = /* sql */ `
  INSERT INTO stellwerk_schema (one, version, oldest_program, installation_id, migrated_at) VALUES (1, ?, ?, ?, ?)
  ON CONFLICT (one) DO UPDATE SET version = excluded.version, oldest_program = excluded.oldest_program, migrated_at = excluded.migrated_at`

/** Brings the schema up to date in one transaction; returns the steps applied. The write lock lets one process at a time through. @throws STORE_FOREIGN, SCHEMA_TOO_NEW, STORE_BUSY */
export async function migrate(connection: SqliteConnection, shareFile = false): Promise<readonly AppliedStep[]> {
  const found = await connection.read(() => {
    const version = identifyDatabase(connection, shareFile)
    if (version === null) connection.database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL')
    return version
  })
  if (found !== null && stepsAfter(found.version).length === 0) return []
  return await connection.write(() => applySteps(connection, shareFile))
}

function applySteps(connection: SqliteConnection, shareFile: boolean): readonly AppliedStep[] {
  const steps = stepsAfter(identifyDatabase(connection, shareFile)?.version ?? 0)
  for (const step of steps) connection.database.exec(step.text)
  const last = steps.at(-1)
  if (last === undefined) return []
  connection.database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
  connection
    .prepare(NOTE_VERSION)
    .run(last.version, last.oldestProgram, randomBytes(16).toString('hex'), connection.nowMs())
  return steps.map(({ version, name }) => ({ version, name }))
}

function stepsAfter(version: number): readonly Migration[] {
  return migrations.filter((step) => step.version > version)
}
