import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from '../sql/kysely.ts'

/** Lets Kysely read over a connection that is open already. Its `destroy` leaves the connection open: the store owns it. */
export function createKyselyDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: new ReadingDatabase(database) })
}

/** How many statements are kept. What filters and cursors can make of a list is more than anybody asks for. */
const keptStatements = 100

/** Preparing a list costs more than reading a page of it, so the statements that were asked for last are kept. */
class ReadingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, SqliteStatement>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  prepare(text: string): SqliteStatement {
    const statement = this.#statements.get(text) ?? this.#prepare(text)
    // The one that was asked for longest ago comes first, and goes first.
    this.#statements.delete(text)
    this.#statements.set(text, statement)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > keptStatements && oldest !== undefined) this.#statements.delete(oldest)
    return statement
  }

  #prepare(text: string): SqliteStatement {
    const statement = this.#database.prepare(text)
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...bindable(values)),
      run: (values) => statement.run(...bindable(values)),
      // Not the kept one: a reader that stops halfway would hold its transaction open.
      iterate: (values) => this.#database.prepare(text).iterate(...bindable(values)),
    }
  }

  close(): void {}
}

/** Kysely knows values as `unknown`; node:sqlite itself refuses what it cannot bind. */
function bindable(values: readonly unknown[]): readonly SQLInputValue[] {
  return values as readonly SQLInputValue[]
}
