import { transactionInvalid } from '../storage/transaction-errors.ts'

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
 * Takes one client of a pool of pg, begins, has `work` do its part, and commits; rolls back when `work` throws. Returns what `work` returns.
 * A client whose transaction could not be ended is destroyed. @throws what `work` throws, TRANSACTION_INVALID where
 * it caught the error of a statement that had failed the transaction, and what pg says of the connection and the COMMIT
 */
export async function withTransaction<Pool extends PoolLike, Value>(
  pool: Pool,
  work: (tx: ClientOf<Pool>) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect()
  let isEnded = false
  try {
    await client.query('BEGIN')
    const value = await work(client as ClientOf<Pool>)
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
