import { sleep } from '../../std/sleep.ts'
import { holdHistory } from './history-turn.ts'
import { isTraces } from './move-kept-traces.ts'
import type { Partition, PartitionedTable } from './partitions.ts'
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

/** A drop waits this long for those who use the table; whoever comes meanwhile waits behind it, so it must be short. */
const lockWaitMs = 100
const mostTries = 20
const lockNotAvailable = '55P03'
/** Counting is done in slices, each well within a statement's time limit. */
const slices = 24

/**
 * Drops one partition with its counters in one transaction; returns how many jobs or payloads it held, or null where another prunes, it is gone already, or its users
 * leave no gap: the next pass tries again.
 */
export async function dropPartition(
  db: PostgresDatabase,
  table: PartitionedTable,
  partition: Partition,
): Promise<number | null> {
  return await db
    .transaction(async (tx) => {
      const name = `${db.schema}.${partition.name}`
      // From here on nothing leaves the partition, and nothing comes to a day that is over.
      if (!(await holdHistory(tx, db.schemaName)) || !(await isPresent(tx, name))) return null
      const removed = await count(tx, { db, table, partition })
      if (await dropWhenFree(tx, name)) return removed
      throw new NoGap()
    })
    .catch((error: unknown) => {
      if (error instanceof NoGap || sqlStateOf(error) === lockNotAvailable) return null
      throw error
    })
}

/** Rolls the transaction back, counters included. */
class NoGap extends Error {}

/** Reads the catalogue itself: a session that has not used a table since its transaction began may still know one by name that another has dropped. */
async function isPresent(tx: PostgresTransaction, name: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM pg_class WHERE oid = to_regclass($1)', [name])
  return rows.length > 0
}

interface Counting {
  readonly db: PostgresDatabase
  readonly table: PartitionedTable
  readonly partition: Partition
}

async function count(tx: PostgresTransaction, { db, table, partition }: Counting): Promise<number> {
  const { name, from, to } = partition
  const rows = `SELECT * FROM ${db.schema}.${name} WHERE finished_at >= $1 AND finished_at < $2`
  if (isTraces(table)) return 0
  if (table === 'finished_payload') {
    const [row] = await tx.query<{ n: number }>(`SELECT count(*) AS n FROM ${db.schema}.${name}`)
    return row?.n ?? 0
  }
  let total = 0
  for (let slice = 0; slice < slices; slice += 1) {
    const bounds = [from + (slice * (to - from)) / slices, from + ((slice + 1) * (to - from)) / slices]
    const [row] = await tx.query<{ n: number }>(
      `WITH counted AS (SELECT queue, type, state, count(*) AS n FROM (${rows}) AS slice GROUP BY queue, type, state),
       tally AS (INSERT INTO ${db.schema}.tally_delta (queue, type, state, delta) SELECT queue, type, state, -n FROM counted)
       SELECT coalesce(sum(n), 0) AS n FROM counted`,
      bounds,
    )
    total += row?.n ?? 0
  }
  return total
}

async function dropWhenFree(tx: PostgresTransaction, name: string): Promise<boolean> {
  await tx.query(`SET LOCAL lock_timeout = '${lockWaitMs}ms'`)
  for (let tries = 0; tries < mostTries; tries += 1) {
    await tx.query('SAVEPOINT before_drop')
    try {
      await tx.query(`DROP TABLE ${name}`)
      return true
    } catch (error) {
      if (sqlStateOf(error) !== lockNotAvailable) throw error
      await tx.query('ROLLBACK TO SAVEPOINT before_drop')
      await sleep(lockWaitMs * (0.5 + Math.random()))
    }
  }
  return false
}
