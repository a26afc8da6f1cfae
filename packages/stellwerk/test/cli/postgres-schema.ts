import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A name for the schema of one test. */
export function newSchemaName(): string {
  return `cli_${randomBytes(8).toString('hex')}`
}

/** Runs statements as the server's administrator, one after the other. */
export async function asAdministrator(address: string, ...statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: address })
  await admin.connect()
  try {
    await admin.query('SET client_min_messages TO warning')
    for (const statement of statements) await admin.query(statement)
  } finally {
    await admin.end()
  }
}

/** Drops what a test made, where it made it. */
export function dropSchema(address: string, schema: string): Promise<void> {
  return asAdministrator(address, `DROP SCHEMA IF EXISTS ${schema} CASCADE`)
}
