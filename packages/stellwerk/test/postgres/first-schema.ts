import pg from 'pg'
import { versionTable } from '../../src/storage/postgres/migrate.ts'
import { core } from '../../src/storage/postgres/migrations/0001-core.ts'

/** Makes the schema anew as the program of the first version left it, without a job. What it held goes. */
export async function makeFirstSchema(address: string, schema: string): Promise<void> {
  const admin = new pg.Client({ connectionString: address })
  await admin.connect()
  await admin.query(
    `SET client_min_messages TO warning; DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`,
  )
  await admin.query(versionTable(`"${schema}"`))
  await admin.query(core(`"${schema}"`))
  await admin.query(
    `INSERT INTO ${schema}.stellwerk_schema (version, oldest_program, installation_id, migrated_at) VALUES (1, 1, $1, 0)`,
    ['0123456789abcdef'.repeat(2)],
  )
  await admin.end()
}
