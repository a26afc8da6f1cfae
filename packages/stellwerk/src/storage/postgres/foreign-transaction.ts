import { isStellwerkError, StellwerkError } from '../../domain/errors.ts'
import type { Transaction } from '../transaction.ts'
import { transactionInvalid } from '../transaction-errors.ts'
import { type ForeignQuery, foreignQuery } from './foreign-statements.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { sqlStateOf, toStellwerkError } from './postgres-errors.ts'
import { serverErrorOf } from './server-error.ts'

const begun = 'pass it after its BEGIN and before its COMMIT'

/** Why a transaction of the application cannot be worked in, by SQLSTATE. Source: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const refusals: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  '25P01': ['no transaction is open on this connection', begun],
  '25P02': ['the transaction has failed already', 'roll it back, and find the first error'],
}

/** A transaction of the application that is known to be open on the store's database. */
export type EnterTransaction = (tx: Transaction) => Promise<PostgresStatements>

/**
 * Proves that `tx` is a transaction, and on our database. LOCK TABLE is refused outside of one, and its lock is the one that the INSERT takes anyway.
 * @throws TRANSACTION_INVALID, CLOSED, and what the server answers; then the transaction is aborted
 */
export function createEnterTransaction(db: PostgresDatabase): EnterTransaction {
  const sameDatabase = new WeakSet<object>()
  const lock = `LOCK TABLE ${db.schema}.job IN ROW EXCLUSIVE MODE`
  const readInstallation = `SELECT installation_id AS installation FROM ${db.schema}.stellwerk_schema`
  let installation: Promise<string> | undefined

  async function own(): Promise<string> {
    installation ??= db.query<{ installation: string }>(readInstallation).then((rows) => rows[0]?.installation ?? '')
    try {
      return await installation
    } catch (error) {
      installation = undefined
      throw error
    }
  }

  return async (tx) => {
    if (db.isClosed) throw new StellwerkError('CLOSED', 'The store is closed.')
    const statements = codedStatements(foreignQuery(tx), db)
    if (sameDatabase.has(tx)) await statements.query(lock)
    else {
      if (!(await isOwn(statements, await own()))) throw elsewhere(db)
      sameDatabase.add(tx)
    }
    return statements
  }

  async function isOwn(statements: PostgresStatements, expected: string): Promise<boolean> {
    try {
      await statements.query(lock)
      const [found] = await statements.query<{ installation: string }>(readInstallation)
      return found?.installation === expected
    } catch (error) {
      if (isStellwerkError(error, 'SCHEMA_MISSING')) throw elsewhere(db, error)
      throw error
    }
  }
}

function elsewhere(db: PostgresDatabase, cause?: unknown): StellwerkError {
  const what = `it is on another database than the store, which is schema ${db.schemaName} of ${db.place}`
  return transactionInvalid(what, 'begin it there', cause)
}

/** Every parameter is declared as text and cast by the server: libraries that look at declared types then send what they are given. */
function codedStatements(query: ForeignQuery, db: PostgresDatabase): PostgresStatements {
  return {
    async query<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
      const asText = text.replaceAll(/\$(\d+)::/g, '$$$1::text::')
      try {
        return (await query(asText, values.map(String))) as readonly R[]
      } catch (error) {
        throw coded(error, db)
      }
    },
  }
}

function coded(error: unknown, db: PostgresDatabase): StellwerkError {
  if (error instanceof StellwerkError) return error
  const said = serverErrorOf(error)
  const state = sqlStateOf(said)
  const refusal = refusals[state ?? '']
  if (refusal !== undefined) return transactionInvalid(...refusal, error)
  if (state === undefined && isEnded(said))
    return transactionInvalid('the transaction or its connection has ended', begun, error)
  return toStellwerkError(said, db.place)
}

/** What libraries say without asking the server: pg of a client that was ended, Kysely and Prisma of a transaction that is over. */
function isEnded(error: unknown): boolean {
  return (
    error instanceof Error && /closed|already (been )?(committed|rolled)|not queryable|expired/i.test(error.message)
  )
}
