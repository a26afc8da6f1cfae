import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from '../sql/kysely.ts'

/** Lets Kysely read over a connection that is open already. Its `destroy` leaves the connection open: the store owns it. */
export function createKyselyDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: new ReadingDatabase(database) })
}

class ReadingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  prepare(text: string): SqliteStatement {
    const statement = this.#database.prepare(text)
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...bindable(values)),
      run: (values) => statement.run(...bindable(values)),
      iterate: (values) => statement.iterate(...bindable(values)),
    }
  }

  close(): void {}
}

/** Kysely knows values as `unknown`; node:sqlite itself refuses what it cannot bind. */
function bindable(values: readonly unknown[]): readonly SQLInputValue[] {
  return values as readonly SQLInputValue[]
}
