import type { Store } from '../store.ts'
import type { Transaction } from '../transaction.ts'

/** A row as raw SQL returns it: integers as numbers on both stores, flags as 0/1 or booleans. */
export type Row = Readonly<Record<string, unknown>>

/** What may be bound to a raw statement. */
export type SqlValue = string | number | boolean | null

/** A transaction of the application. Ended by `close` of the database at the latest. */
export interface CallerTransaction {
  readonly tx: Transaction
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** A store on a database of its own, with what a test needs beside the port. */
export interface OpenedStore {
  readonly store: Store
  /** Moves the store's clock, which otherwise stands still, by `ms`. All stores on this database see it. */
  advance(ms: number): Promise<void>
  /** A second, independent store on the same database, as another process would have; ended by `close`. */
  openSecond(): Promise<Store>
  /** Raw access for checks and for damage; parameters are written $1, $2 on both stores, tables need no schema name. */
  sql(text: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>
  /** A connection of the application on this database, after its BEGIN; one at a time on SQLite. */
  begin(): Promise<CallerTransaction>
  /** Makes `id` the next job id. */
  startIdsAt(id: number): Promise<void>
  /** Ends every store and drops the database. */
  close(): Promise<void>
}

/** How a driver opens a fresh, migrated database for one test. */
export interface StoreHarness {
  open(): Promise<OpenedStore>
  /** Ends what is kept from one test to the next. */
  end?(): Promise<void>
}
