import { realpathSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StellwerkError } from '../../domain/errors.ts'
import type { Transaction } from '../transaction.ts'
import { transactionInvalid } from '../transaction-errors.ts'
import type { SqliteConnection } from './connection.ts'
import { type SqliteStatements, type SqlRow, type Statement, toStatement } from './statement.ts'
import { isBusy, toStoreError } from './store-error.ts'

const remedy = 'pass the DatabaseSync that holds the transaction, after its BEGIN and before its COMMIT'

/**
 * The application's own connection to the store's file, in its transaction. The time comes from the store: no function is registered there, and no setting of
 * the connection is touched.
 */
export class ForeignConnection implements SqliteStatements {
  readonly nowMs: SqliteStatements['nowMs']
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #statements = new Map<string, Statement<SqlRow>>()

  constructor(database: DatabaseSync, store: SqliteConnection) {
    this.#database = database
    this.#path = store.path
    this.nowMs = store.nowMs
  }

  prepare<Row extends SqlRow = SqlRow>(text: string): Statement<Row> {
    let statement = this.#statements.get(text)
    if (statement === undefined) {
      const prepared = this.#database.prepare(text)
      // The application may have asked for BigInt everywhere on its connection.
      prepared.setReadBigInts(false)
      statement = toStatement<SqlRow>(prepared)
      this.#statements.set(text, statement)
    }
    return statement as Statement<Row>
  }

  /** All of `work` or nothing of it, whatever the application does with its transaction afterwards. @throws what the file answers, with a code */
  atomically<T>(work: () => T): T {
    try {
      this.prepare('SAVEPOINT stellwerk').run()
      const value = work()
      this.prepare('RELEASE stellwerk').run()
      return value
    } catch (error) {
      // Some errors (a full disk) have rolled the whole transaction back already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK TO stellwerk; RELEASE stellwerk')
      throw this.#coded(error)
    }
  }

  #coded(error: unknown): unknown {
    if (!isBusy(error)) return toStoreError(error, this.#path)
    const text = `${this.#path}: another connection writes; begin with BEGIN IMMEDIATE, which waits for it, or roll back and try again`
    return new StellwerkError('STORE_BUSY', text, { cause: error, details: { path: this.#path } })
  }
}

/** Finds the application's connections again, with the statements prepared on them. */
export function createForeignConnections(store: SqliteConnection): (tx: Transaction) => ForeignConnection {
  const known = new WeakMap<DatabaseSync, ForeignConnection>()
  return (tx) => {
    if (store.isClosed) throw new StellwerkError('CLOSED', `the store ${store.path} is closed; open it again`)
    const database = openTransaction(tx, store.path)
    const connection = known.get(database) ?? new ForeignConnection(database, store)
    known.set(database, connection)
    return connection
  }
}

/** @throws TRANSACTION_INVALID */
function openTransaction(tx: unknown, path: string): DatabaseSync {
  if (!(tx instanceof DatabaseSync)) {
    throw transactionInvalid(`the store is the SQLite file ${path}, and this is no DatabaseSync of node:sqlite`, remedy)
  }
  if (!tx.isOpen) throw transactionInvalid('the database was closed', remedy)
  const location = tx.location()
  if (location === null || realPath(location) !== path) {
    throw transactionInvalid(`it is on ${location ?? 'a database in memory'}, the store is ${path}`, remedy)
  }
  if (!tx.isTransaction) throw transactionInvalid(`no transaction is open on ${path}`, remedy)
  return tx
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
