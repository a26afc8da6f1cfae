import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

const dayMs = 86_400_000
const partitioned = ['finished_job', 'finished_payload', 'job_log_by_day', 'job_attempt_by_day'] as const

/** Days that have their partitions before they are needed. */
export const daysAhead = 7

/** A table may have this many partitions of a day; then it is weeks that are made, or each statement would plan over too many. */
const mostByDay = 82

/** One partition: its bare name, and what it holds, Unix ms, `to` exclusive. */
export interface Partition {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The tables that are partitioned: by the time of finishing, lines by the day of their writing. */
export type PartitionedTable = (typeof partitioned)[number]

/**
 * Makes what is missing of the partitions from the database's today on, `daysAhead` further; returns until when all is there, Unix ms. Idempotent.
 * A table is made first and attached then: that leaves the readers and writers of its neighbours alone, where PARTITION OF would stop them.
 * `statements` must belong to one transaction that holds the lock of {@link lockSchema}.
 */
export async function ensurePartitions(statements: PostgresStatements, schema: string): Promise<number> {
  const until: number[] = []
  for (const { table, present, missing } of await lookAtPartitions(statements, schema)) {
    for (const range of missing) await statements.query(makePartition(schema, table, range))
    until.push(endOf([...present, ...missing]))
  }
  return Math.min(...until)
}

/** What one table has, and what it lacks. */
interface PartitionsOfTable {
  readonly table: PartitionedTable
  readonly present: readonly Partition[]
  readonly missing: readonly Range[]
}

async function lookAtPartitions(statements: PostgresStatements, schema: string): Promise<readonly PartitionsOfTable[]> {
  const [row] = await statements.query<{ now: number }>(`SELECT ${schema}.now_ms() AS now`)
  const tables: PartitionsOfTable[] = []
  for (const table of partitioned) {
    const present = await listPartitions(statements, schema, table)
    tables.push({ table, present, missing: missingPartitions(present, row?.now ?? 0) })
  }
  return tables
}

const endOf = (ranges: readonly Range[]): number => Math.max(...ranges.map(({ to }) => to))

/** Every partition of a table, oldest first. */
export async function listPartitions(
  statements: PostgresStatements,
  schema: string,
  table: PartitionedTable,
): Promise<readonly Partition[]> {
  const rows = await statements.query<{ name: string; bound: string }>(
    `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass`,
    [`${schema}.${table}`],
  )
  const parts = rows.map(({ name, bound }) => {
    const [, from, to] = /FROM \('?(-?\d+)'?\) TO \('?(-?\d+)'?\)/.exec(bound) ?? []
    return { name, from: Number(from), to: Number(to) }
  })
  return parts.toSorted((one, other) => one.from - other.from)
}

/** Ranges to make so that every moment from `now`'s UTC day to `daysAhead` later has its partition: days, or weeks where there are many already. Pure. */
export function missingPartitions(present: readonly Pick<Partition, 'from' | 'to'>[], now: number): readonly Range[] {
  const missing: Range[] = []
  let at = Math.floor(now / dayMs) * dayMs
  while (at <= now + daysAhead * dayMs) {
    const holding = present.find(({ from, to }) => from <= at && at < to)
    if (holding === undefined) {
      const length = present.length + missing.length < mostByDay ? dayMs : 7 * dayMs
      const next = Math.min(...present.filter(({ from }) => from > at).map(({ from }) => from))
      missing.push({ from: at, to: Math.min(at + length, next) })
    }
    at = holding?.to ?? missing.at(-1)?.to ?? Number.POSITIVE_INFINITY
  }
  return missing
}

/** A span of time, Unix ms, `to` exclusive. */
type Range = Pick<Partition, 'from' | 'to'>

/**
 * Makes the partitions in a transaction of its own, one maker at a time. Where all are there it takes no lock: a program starts also while another
 * one holds it and stands still.
 */
export async function makePartitions(db: PostgresDatabase): Promise<number> {
  const tables = await lookAtPartitions(db, db.schema)
  if (tables.every(({ missing }) => missing.length === 0)) {
    return Math.min(...tables.map(({ present }) => endOf(present)))
  }
  return await db.transaction(async (tx) => {
    await lockSchema(tx, db.schemaName)
    return await ensurePartitions(tx, db.schema)
  })
}

/** Waits for the one lock per schema under which its tables are changed; it ends with the transaction. */
export async function lockSchema(statements: PostgresStatements, schemaName: string): Promise<void> {
  await statements.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7356))`, [`stellwerk:${schemaName}`])
}

function makePartition(schema: string, table: PartitionedTable, { from, to }: Range): string {
  const name = `${schema}.${table}_${new Date(from).toISOString().slice(0, 10).replaceAll('-', '')}`
  return `CREATE TABLE ${name} (LIKE ${schema}.${table} INCLUDING ALL);
    ALTER TABLE ${schema}.${table} ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`
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
