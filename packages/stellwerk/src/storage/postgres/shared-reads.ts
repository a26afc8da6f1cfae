import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { StellwerkError } from '../../domain/errors.ts'
import type { Database } from '../sql/tables.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { toStellwerkError } from './postgres-errors.ts'

/** The queries both stores share, over this driver's pool and schema. */
export interface SharedReads {
  /** @throws StellwerkError */
  read<T>(query: (kysely: Kysely<Database>) => Promise<T>): Promise<T>
  /** The database's now, Unix ms. */
  now(): Promise<number>
}

/** Kysely never ends the pool: the store owns it. */
export function createSharedReads(db: PostgresDatabase, pool: Pool): SharedReads {
  const dialect = new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => {}, options: {} } })
  const kysely = new Kysely<Database>({ dialect }).withSchema(db.schemaName)
  return {
    read: async (query) => {
      if (db.isClosed) throw new StellwerkError('CLOSED', 'The store is closed.')
      try {
        return await query(kysely)
      } catch (error) {
        throw toStellwerkError(error, db.place)
      }
    },
    now: async () => (await db.query<{ now: number }>(`SELECT ${db.schema}.now_ms() AS now`))[0]?.now ?? 0,
  }
}
