import { transactionInvalid } from '../storage/transaction-errors.ts'
import { type DatabaseLike, inSqliteTransaction } from './sqlite-transaction.ts'

/** What is needed of a `Pool` of pg. */
export interface PoolLike {
  connect(): Promise<{ query(text: string): Promise<{ readonly command: string }>; release(error?: boolean): void }>
}

/** The client that a pool gives. pg declares a form with a callback beside the promise, and only the last of several forms is looked at. */
type ClientOf<Pool extends PoolLike> = Pool['connect'] extends {
  (): Promise<infer Client>
  (callback: never): void
}
  ? Client
  : Awaited<ReturnType<Pool['connect']>>

/**
 * Runs `work` in one transaction and commits; rolls back when `work` throws. Returns what `work` returns. Not to be nested on one `DatabaseSync`.
 * Of a pool of pg it takes one client; one whose transaction could not be ended is destroyed. On a `DatabaseSync` of node:sqlite it begins with BEGIN IMMEDIATE,
 * and those that are asked for side by side run one after the other.
 * @throws what `work` throws, TRANSACTION_INVALID where it caught the error of a statement that had failed the transaction, STORE_BUSY where SQLite's lock was
 *   held for 5 s, and what pg says of the connection and the COMMIT
 */
export async function withTransaction<Database extends DatabaseLike, Value>(
  database: Database,
  work: (tx: Database) => Value | Promise<Value>,
): Promise<Value>
export async function withTransaction<Pool extends PoolLike, Value>(
  pool: Pool,
  work: (tx: ClientOf<Pool>) => Value | Promise<Value>,
): Promise<Value>
export async function withTransaction<Value>(
  source: DatabaseLike | PoolLike,
  work: (tx: never) => Value | Promise<Value>,
): Promise<Value> {
  return 'exec' in source
    ? await inSqliteTransaction(source, work as Work<Value>)
    : await inPoolTransaction(source, work as Work<Value>)
}

type Work<Value> = (tx: unknown) => Value | Promise<Value>

async function inPoolTransaction<Value>(pool: PoolLike, work: Work<Value>): Promise<Value> {
  const client = await pool.connect()
  let isEnded = false
  try {
    await client.query('BEGIN')
    const value = await work(client)
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw rolledBack(command)
    isEnded = true
    return value
  } catch (error) {
    isEnded = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    )
    throw error
  } finally {
    client.release(!isEnded)
  }
}

/** The server ends a transaction in which a statement failed by a rollback, and calls that a success. */
function rolledBack(command: string): Error {
  return transactionInvalid(
    `a statement in it had failed, so PostgreSQL answered COMMIT with ${command}: nothing was written`,
    'let the error of a statement leave the callback, or put a SAVEPOINT before it',
  )
}
