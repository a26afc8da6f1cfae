import { randomBytes } from 'node:crypto'
import { StellwerkError } from '../../domain/errors.ts'
import type { SchemaVersion } from '../schema-store.ts'
import { migrations, programVersion } from './migrations/migrations.ts'
import { ensurePartitions, lockSchema } from './partitions.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'

const versionTable = (s: string): string => `
  CREATE TABLE ${s}.stellwerk_schema (
    single boolean PRIMARY KEY DEFAULT true CHECK (single), version integer NOT NULL, oldest_program integer NOT NULL,
    installation_id text NOT NULL, migrated_at bigint NOT NULL
  )`

/** All missing steps in one transaction, one migrator at a time; returns the versions applied. @throws SCHEMA_TOO_NEW, STORE_FOREIGN */
export async function migrate(db: PostgresDatabase): Promise<readonly number[]> {
  return await db.transaction(async (tx) => {
    // Another program may be migrating, and a step may take its time.
    await tx.query(`SET LOCAL lock_timeout = '20s'; SET LOCAL statement_timeout = '25s'`)
    await lockSchema(tx, db.schemaName)
    const found = await readVersion(tx, db.schema)
    if (found !== null) assertKnown(found, db.schemaName)
    const missing = migrations.filter((step) => step.version > (found?.version ?? 0))
    if (found === null) await makeSchema(tx, db)
    for (const step of missing) await tx.query(step.sql(db.schema))
    await ensurePartitions(tx, db.schema)
    const last = missing.at(-1)
    if (last !== undefined) await writeVersion(tx, db.schema, last)
    return missing.map((step) => step.version)
  })
}

/** Null where the database holds no schema of ours. */
export async function readVersion(db: PostgresStatements, schema: string): Promise<SchemaVersion | null> {
  const [row] = await db.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `${schema}.stellwerk_schema`,
  ])
  if (row?.found !== true) return null
  const [version] = await db.query<SchemaVersion>(
    `SELECT version, oldest_program AS "oldestProgram" FROM ${schema}.stellwerk_schema`,
  )
  return version ?? null
}

/** @throws SCHEMA_TOO_NEW when the schema no longer lets this program in */
function assertKnown(found: SchemaVersion, schemaName: string): void {
  if (found.oldestProgram <= programVersion) return
  throw new StellwerkError(
    'SCHEMA_TOO_NEW',
    `The schema ${schemaName} has version ${found.version} and needs a program that knows version ${found.oldestProgram}; this one knows ${programVersion}. Update stellwerk.`,
    { details: { ...found, programVersion } },
  )
}

/** What an opening that does not migrate asks of the schema. @throws SCHEMA_TOO_NEW, and SCHEMA_MISSING for a missing or older one where it `isNeeded` */
export function assertUsable(
  found: SchemaVersion | null,
  { db, isNeeded }: { readonly db: PostgresDatabase; readonly isNeeded: boolean },
): void {
  if (found !== null) assertKnown(found, db.schemaName)
  if (!isNeeded || (found !== null && found.version >= programVersion)) return
  throw new StellwerkError(
    'SCHEMA_MISSING',
    `PostgreSQL at ${db.place} ${found === null ? `has no schema ${db.schemaName}` : `has schema ${db.schemaName} of version ${found.version}, older than ${programVersion}`}. Run: stellwerk migrate`,
    { details: { schema: db.schemaName, version: found?.version ?? null } },
  )
}

/** An empty schema may have been made by an administrator, whose user then needs no right to create one; one with tables is not ours. */
async function makeSchema(tx: PostgresStatements, db: PostgresDatabase): Promise<void> {
  const [schema] = await tx.query<{ tables: number }>(
    `SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = n.oid AND relkind IN ('r', 'p', 'v')) AS tables FROM pg_namespace AS n WHERE nspname = $1`,
    [db.schemaName],
  )
  if (schema === undefined) await tx.query(`CREATE SCHEMA ${db.schema}`)
  else if (schema.tables > 0) {
    throw new StellwerkError(
      'STORE_FOREIGN',
      `The schema ${db.schemaName} at ${db.place} holds tables of another program. Name another schema for Stellwerk.`,
      { details: { schema: db.schemaName } },
    )
  }
  await tx.query(versionTable(db.schema))
}

async function writeVersion(
  tx: PostgresStatements,
  schema: string,
  { version, oldestProgram }: { readonly version: number; readonly oldestProgram: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO ${schema}.stellwerk_schema (version, oldest_program, installation_id, migrated_at) VALUES ($1, $2, $3, ${schema}.now_ms())
     ON CONFLICT (single) DO UPDATE SET version = $1, oldest_program = $2, migrated_at = ${schema}.now_ms()`,
    [version, oldestProgram, randomBytes(16).toString('hex')],
  )
}
