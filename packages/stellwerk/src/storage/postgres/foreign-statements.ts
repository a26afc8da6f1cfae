import type { KyselyTransaction, PrismaTransaction, QueryTransaction, Transaction } from '../transaction.ts'
import { transactionInvalid } from '../transaction-errors.ts'

/** Sends one statement through the application's own library, all values as text; gives its rows. */
export type ForeignQuery = (text: string, values: readonly string[]) => Promise<readonly object[]>

const remedy =
  'pass a client of pg after its BEGIN, a transaction of Kysely or Prisma, or an adapter with query(text, values)'

/** How statements reach the application's transaction, whichever library it comes from. @throws TRANSACTION_INVALID for a pool, and for what is no transaction at all */
export function foreignQuery(tx: Transaction): ForeignQuery {
  const found: unknown = tx
  if (typeof found !== 'object' || found === null)
    throw transactionInvalid(`${String(found)} is no transaction`, remedy)
  if (isKysely(found)) return kyselyQuery(found)
  if (hasFunction<PrismaTransaction>(found, '$queryRawUnsafe')) {
    return async (text, values) => rowsOf(await found.$queryRawUnsafe(text, ...values))
  }
  if ('totalCount' in found) {
    throw transactionInvalid(
      'a Pool is no transaction, each of its statements may take another connection',
      'use withTransaction(pool, async (tx) => ...), or pool.connect() with BEGIN and COMMIT',
    )
  }
  if (hasFunction<QueryTransaction>(found, 'query')) {
    return async (text, values) => rowsOf(await found.query(text, [...values]))
  }
  throw transactionInvalid(`the store is PostgreSQL, and a ${nameOf(found)} does not run its statements`, remedy)
}

/** Kysely takes what its own CompiledQuery.raw makes. */
function kyselyQuery(tx: KyselyTransaction): ForeignQuery {
  if (!tx.isTransaction)
    throw transactionInvalid('a Kysely instance is no transaction', 'pass the trx of its transaction')
  return async (text, values) => {
    const query = { kind: 'RawNode', sqlFragments: [text], parameters: [] }
    const compiled = { sql: text, parameters: values, query, queryId: { queryId: 'stellwerk' } }
    return rowsOf(await tx.executeQuery(compiled as never))
  }
}

function isKysely(found: object): found is KyselyTransaction {
  return 'isTransaction' in found && hasFunction(found, 'executeQuery')
}

function hasFunction<Shape extends object>(found: object, name: string): found is Shape {
  return name in found && typeof (found as Record<string, unknown>)[name] === 'function'
}

function rowsOf(answer: unknown): readonly object[] {
  if (Array.isArray(answer)) return answer
  const rows = typeof answer === 'object' && answer !== null && 'rows' in answer ? answer.rows : undefined
  if (Array.isArray(rows)) return rows
  throw transactionInvalid(
    'query(text, values) of the adapter gave no rows',
    'have it resolve to an array of rows, or to { rows }',
  )
}

function nameOf(found: object): string {
  return found.constructor?.name ?? 'object'
}
