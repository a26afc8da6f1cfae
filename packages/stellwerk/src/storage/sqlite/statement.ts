import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** A value that a statement takes. */
export type SqlValue = SQLInputValue

/** One result row as an array, in the order of the selected columns: cheaper than an object per row. */
export type SqlRow = readonly SQLOutputValue[]

/** A prepared statement whose rows are arrays of type `Row`: the caller states the shape that its text selects. */
export interface Statement<Row extends SqlRow> {
  all(...values: readonly SqlValue[]): readonly Row[]
  get(...values: readonly SqlValue[]): Row | undefined
  /** Returns how many rows changed. */
  run(...values: readonly SqlValue[]): number
  /** Returns the rowid of the last row inserted. */
  insert(...values: readonly SqlValue[]): number
}

/** Whoever prepares statements and knows the time: the store's connection, or the application's. */
export interface SqliteStatements {
  prepare<Row extends SqlRow = SqlRow>(text: string): Statement<Row>
  /** The store's time, Unix ms. */
  nowMs(): number
}

/** Wraps a prepared statement; the one place where a row's shape is believed. */
export function toStatement<Row extends SqlRow>(prepared: StatementSync): Statement<Row> {
  prepared.setReturnArrays(true)
  return {
    all: (...values) => prepared.all(...values) as unknown as readonly Row[],
    get: (...values) => prepared.get(...values) as unknown as Row | undefined,
    run: (...values) => Number(prepared.run(...values).changes),
    insert: (...values) => Number(prepared.run(...values).lastInsertRowid),
  }
}
