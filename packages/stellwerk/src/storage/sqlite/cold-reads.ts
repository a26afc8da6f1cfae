import type { Kysely } from '../sql/kysely.ts'
import type { Database } from '../sql/tables.ts'
import type { SqliteConnection } from './connection.ts'

type ColdQueries = typeof import('./cold-queries.ts')

/** Reads that no hot path needs. The query builder is loaded at the first of them: it costs far more than opening the file. */
export interface ColdReads {
  /** Runs one shared query, with the retries of `connection.read`. */
  read<T>(query: (queries: ColdQueries, db: Kysely<Database>) => Promise<T>): Promise<T>
}

/** Cold reads over this connection. */
export function createColdReads(connection: SqliteConnection): ColdReads {
  let loading: Promise<{ queries: ColdQueries; db: Kysely<Database> }> | undefined
  const load = async () => {
    const queries = await import('./cold-queries.ts')
    return { queries, db: queries.createKysely(connection.database) }
  }
  return {
    async read(query) {
      loading ??= load()
      const { queries, db } = await loading
      return await connection.read(() => query(queries, db))
    },
  }
}
