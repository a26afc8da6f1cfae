import { randomUUID } from 'node:crypto'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { Store } from '../storage/store.ts'
import type { Transaction } from '../storage/transaction.ts'
import { transactionInvalid } from '../storage/transaction-errors.ts'

/** Puts a dispatch into a transaction of the application. */
export interface InTransaction {
  /** Open on the store's own database; only you commit it or roll it back. */
  readonly tx: Transaction
  /** False: no notification at the commit, so that commits that notify do not wait for each other; stations look by themselves, at the latest after 3 s. Default true. */
  readonly wake?: boolean
}

/**
 * Inserts jobs into the application's transaction; ids in input order. They are there once it commits.
 * @throws TRANSACTION_INVALID, also for a `tx` that is undefined: a dispatch meant for a transaction never commits on its own
 */
export async function inTransaction(
  store: Pick<Store, 'transactions'>,
  jobs: readonly NewJob[],
  { tx, wake = true }: Partial<InTransaction>,
): Promise<readonly number[]> {
  if (tx === undefined || tx === null) {
    throw transactionInvalid(`it is ${String(tx)}`, "leave the key 'tx' out to dispatch without a transaction of yours")
  }
  return await store.transactions.insertJobs(tx, { token: randomUUID(), jobs }, { wake })
}
