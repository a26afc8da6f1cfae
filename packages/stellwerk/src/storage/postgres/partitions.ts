import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

const dayMs = 86_400_000
const partitioned = ['finished_job', 'finished_payload'] as const

/** Days that have their partitions before they are needed. */
export const daysAhead = 7

/**
 * Makes what is missing of the day partitions from the database's today on, `daysAhead` further; returns the end of the last day, Unix ms. Idempotent.
 * A table is made first and attached then: that leaves the readers and writers of its neighbours alone, where PARTITION OF would stop them.
 * `statements` must belong to one transaction that holds the lock of {@link lockSchema}.
 */
export async function ensurePartitions(statements: PostgresStatements, schema: string): Promise<number> {
  const days = await missingDays(statements, schema)
  for (const day of days.missing) {
    for (const table of partitioned) await statements.query(makePartition(schema, table, day))
  }
  return days.until
}

/** Makes the partitions in a transaction of its own, one maker at a time. */
export async function makePartitions(db: PostgresDatabase): Promise<number> {
  return await db.transaction(async (tx) => {
    await lockSchema(tx, db.schemaName)
    return await ensurePartitions(tx, db.schema)
  })
}

/** Waits for the one lock per schema under which its tables are changed; it ends with the transaction. */
export async function lockSchema(statements: PostgresStatements, schemaName: string): Promise<void> {
  await statements.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7356))`, [`stellwerk:${schemaName}`])
}

async function missingDays(
  statements: PostgresStatements,
  schema: string,
): Promise<{ readonly missing: readonly number[]; readonly until: number }> {
  const rows = await statements.query<{ day: number; present: boolean }>(
    `SELECT day, to_regclass('${schema}.finished_payload_' || to_char(to_timestamp(day / 1000) AT TIME ZONE 'UTC', 'YYYYMMDD')) IS NOT NULL AS present
       FROM (SELECT (${schema}.now_ms() / ${dayMs} + n) * ${dayMs} AS day FROM generate_series(0, ${daysAhead}) AS n) AS days`,
  )
  return {
    missing: rows.filter((row) => !row.present).map((row) => row.day),
    until: Math.max(...rows.map((row) => row.day)) + dayMs,
  }
}

function makePartition(schema: string, table: (typeof partitioned)[number], day: number): string {
  const name = `${schema}.${table}_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`
  return `CREATE TABLE ${name} (LIKE ${schema}.${table} INCLUDING ALL);
    ALTER TABLE ${schema}.${table} ATTACH PARTITION ${name} FOR VALUES FROM (${day}) TO (${day + dayMs})`
}

const checkViolation = '23514'

/** Runs a write that may meet a day without partition: the partition is made, then `work` repeated once. */
export async function withPartitions<T>(db: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlStateOf(error) !== checkViolation) throw error
    await makePartitions(db)
    return await work()
  }
}
