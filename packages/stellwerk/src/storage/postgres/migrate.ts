import { randomBytes } from 'node:crypto'
import { StellwerkError } from '../../domain/errors.ts'
import type { AppliedStep, SchemaVersion } from '../schema-store.ts'
import { type Migration, migrations, programVersion } from './migrations/migrations.ts'
import { ensurePartitions, lockSchema, makePartitions } from './partitions.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

/** The one row that tells the version. `s` is the quoted schema. */
export const versionTable = (s: string): string => `
  CREATE TABLE ${s}.stellwerk_schema (
    single boolean PRIMARY KEY DEFAULT true CHECK (single), version integer NOT NULL, oldest_program integer NOT NULL,
    installation_id text NOT NULL, migrated_at bigint NOT NULL
  )`

/** How long a step waits for a table before it lets those go on that queue up behind it. */
const tableWait = '2s'
/** A bound of what has none of its own: waiting for another migrator, and one statement of a step, such as an index over all live jobs. */
const longest = '1h'
const lockNotAvailable = '55P03'
const longestWaitMs = 300_000

/** How the steps are applied: `openPatient` opens a pool whose statements may take as long as they need. */
export interface MigrationTools {
  readonly openPatient: () => PostgresDatabase
  readonly longestWaitMs?: number
}

/**
 * All missing steps in one transaction, one migrator at a time; returns the steps applied. A table that others hold for longer than 2 s has the
 * whole repeated after a pause, for at most five minutes, so that nobody waits behind it.
 * @throws SCHEMA_TOO_NEW, STORE_FOREIGN, STORE_BUSY
 */
export async function migrate(db: PostgresDatabase, tools: MigrationTools): Promise<readonly AppliedStep[]> {
  const found = await readVersion(db, db.schema)
  if (found !== null) assertKnown(found, db.schemaName)
  if (found !== null && stepsAfter(found).length === 0) {
    await makePartitions(db)
    return []
  }
  const patient = tools.openPatient()
  try {
    return await applyWhenFree(patient, tools.longestWaitMs ?? longestWaitMs)
  } finally {
    await patient.close()
  }
}

async function applyWhenFree(db: PostgresDatabase, boundMs: number): Promise<readonly AppliedStep[]> {
  const startedMs = performance.now()
  for (;;) {
    try {
      return await applySteps(db)
    } catch (error) {
      const pauseMs = 500 + Math.random() * 1_000
      if (sqlStateOf(error) !== lockNotAvailable || performance.now() - startedMs + pauseMs > boundMs) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

function applySteps(db: PostgresDatabase): Promise<readonly AppliedStep[]> {
  return db.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '${longest}'; SET LOCAL statement_timeout = '${longest}'`)
    await lockSchema(tx, db.schemaName)
    await tx.query(`SET LOCAL lock_timeout = '${tableWait}'`)
    const found = await readVersion(tx, db.schema)
    if (found !== null) assertKnown(found, db.schemaName)
    const missing = stepsAfter(found)
    if (found === null) await makeSchema(tx, db)
    for (const step of missing) await tx.query(step.sql(db.schema))
    await ensurePartitions(tx, db.schema)
    const last = missing.at(-1)
    if (last !== undefined) await writeVersion(tx, db.schema, last)
    return missing.map(({ version, name }) => ({ version, name }))
  })
}

function stepsAfter(found: SchemaVersion | null): readonly Migration[] {
  return migrations.filter((step) => step.version > (found?.version ?? 0))
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
