import { DatabaseSync } from 'node:sqlite'
import { rowQueries, type StoreRows } from './store-rows.ts'

/** Rows of one SQLite file, over a read-only connection that is opened with the first question. */
export class SqliteRows implements StoreRows {
  readonly #path: string
  #connection: DatabaseSync | undefined

  constructor(path: string) {
    this.#path = path
  }

  completedIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.completedIds)
  }

  payloadIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.payloadIds)
  }

  liveIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.liveIds)
  }

  async rowsClaimedAgain(): Promise<number> {
    const [count] = await this.#ids(rowQueries.rowsClaimedAgain)
    return count ?? 0
  }

  facts(): Promise<Readonly<Record<string, string>>> {
    const [version] = this.#column('SELECT sqlite_version()')
    const [journal] = this.#column('PRAGMA journal_mode')
    return Promise.resolve({ sqlite: String(version), journal_mode: String(journal) })
  }

  serverPid(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): Promise<void> {
    this.#connection?.close()
    this.#connection = undefined
    return Promise.resolve()
  }

  #ids(query: string): Promise<readonly number[]> {
    return Promise.resolve(this.#column(query).map(Number))
  }

  #column(query: string): readonly unknown[] {
    this.#connection ??= new DatabaseSync(this.#path, { readOnly: true, timeout: 5_000 })
    const statement = this.#connection.prepare(query)
    statement.setReturnArrays(true)
    return (statement.all() as unknown as readonly (readonly unknown[])[]).map((row) => row[0])
  }
}
