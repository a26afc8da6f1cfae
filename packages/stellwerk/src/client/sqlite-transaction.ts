import { setTimeout as delay } from 'node:timers/promises'
import { StellwerkError } from '../domain/errors.ts'

/** What is needed of a `DatabaseSync` of node:sqlite. */
export interface DatabaseLike {
  readonly isTransaction: boolean
  exec(sql: string): void
}

const longestWaitMs = 5_000
const busyCodes = new Set([5, 6])

/** The transaction that each connection is in: there can be one at a time. */
const underWay = new WeakMap<object, Promise<unknown>>()

/**
 * Runs `work` between BEGIN IMMEDIATE and COMMIT, after those that were asked for before on the same connection; rolls back when it throws. The wait for another
 * process's lock blocks nothing. @throws STORE_BUSY after 5 s, and what `work` throws
 */
export function inSqliteTransaction<Database extends DatabaseLike, Value>(
  database: Database,
  work: (tx: Database) => Value | Promise<Value>,
): Promise<Value> {
  const running = (underWay.get(database) ?? Promise.resolve()).then(() => runAlone(database, work))
  underWay.set(
    database,
    running.catch(() => {}),
  )
  return running
}

async function runAlone<Database extends DatabaseLike, Value>(
  database: Database,
  work: (tx: Database) => Value | Promise<Value>,
): Promise<Value> {
  await begin(database)
  try {
    const value = await work(database)
    database.exec('COMMIT')
    return value
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

async function begin(database: DatabaseLike): Promise<void> {
  const startedMs = performance.now()
  for (;;) {
    try {
      database.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() - startedMs >= longestWaitMs) throw lockHeld(error)
    }
    await delay(1 + Math.random() * 2)
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    busyCodes.has(error.errcode & 0xff)
  )
}

function lockHeld(cause: unknown): StellwerkError {
  const text = `another connection has held the write lock of the SQLite file for ${longestWaitMs} ms; look for a transaction that stays open, then try again`
  return new StellwerkError('STORE_BUSY', text, { cause })
}
