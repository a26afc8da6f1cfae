import type { Pool } from 'pg'
import { StellwerkError } from '../../domain/errors.ts'
import type { Kysely } from '../sql/kysely.ts'
import type { Database } from '../sql/tables.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { toStellwerkError } from './postgres-errors.ts'

type ColdQueries = typeof import('./cold-queries.ts')

/** Reads that no hot path needs. The query builder is loaded at the first of them. */
export interface ColdReads {
  /** Runs one shared query. @throws StellwerkError */
  read<T>(query: (queries: ColdQueries, db: Kysely<Database>) => Promise<T>): Promise<T>
  /** The database's now, Unix ms. */
  now(): Promise<number>
}

/** Cold reads over the store's pool. */
export function createColdReads(db: PostgresDatabase, pool: Pool): ColdReads {
  let loading: Promise<{ queries: ColdQueries; kysely: Kysely<Database> }> | undefined
  const load = async (): Promise<{ queries: ColdQueries; kysely: Kysely<Database> }> => {
    const queries = await import('./cold-queries.ts')
    return { queries, kysely: queries.createKysely(pool, db.schemaName) }
  }
  return {
    async read(query) {
      if (db.isClosed) throw new StellwerkError('CLOSED', 'The store is closed.')
      loading ??= load()
      const { queries, kysely } = await loading
      try {
        return await query(queries, kysely)
      } catch (error) {
        throw toStellwerkError(error, db.place)
      }
    },
    now: async () => (await db.query<{ now: number }>(`SELECT ${db.schema}.now_ms() AS now`))[0]?.now ?? 0,
  }
}
