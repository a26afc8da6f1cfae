import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'
import { withTransaction } from '../../src/client/with-transaction.ts'
import type { Transaction } from '../../src/storage/transaction.ts'

/** The application's side of a test: a table `orders (id, note)` beside the jobs, without a key, so that a double shows. */
export interface OrderBook {
  /** Runs `work` in a transaction in which an order was added; commits, or rolls back when it throws. */
  sell(order: number, work: (tx: Transaction) => Promise<void>): Promise<void>
  /** Order numbers, rising, doubles too. */
  orders(): Promise<readonly number[]>
  close(): Promise<void>
}

/** On the database of `store`; the table is made where it is absent. */
export async function openOrderBook(store: string): Promise<OrderBook> {
  return store.startsWith('sqlite:') ? openSqlite(store.slice('sqlite:'.length)) : await openPostgres(store)
}

function openSqlite(path: string): OrderBook {
  const database = new DatabaseSync(path, { timeout: 0 })
  retrySync(() => database.exec('CREATE TABLE IF NOT EXISTS orders (id INTEGER NOT NULL, note TEXT NOT NULL)'))
  return {
    sell: async (order, work) => {
      await beginImmediate(database)
      try {
        database.prepare('INSERT INTO orders (id, note) VALUES (?, ?)').run(order, 'sold')
        await work(database)
        database.exec('COMMIT')
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    orders: async () =>
      database
        .prepare('SELECT id FROM orders ORDER BY id')
        .all()
        .map(({ id }) => Number(id)),
    close: async () => database.close(),
  }
}

function retrySync(work: () => void): void {
  for (let tries = 1; ; tries++) {
    try {
      work()
      return
    } catch (error) {
      if (tries === 10_000 || !String(error).includes('locked')) throw error
    }
  }
}

/** One transaction at a time per connection, and one writer at a time per file. */
async function beginImmediate(database: DatabaseSync): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      database.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (tries === 5_000 || !/locked|within a transaction/.test(String(error))) throw error
      await pause(1)
    }
  }
}

async function openPostgres(store: string): Promise<OrderBook> {
  const pool = new Pool({ connectionString: store, max: 4 })
  pool.on('error', () => {})
  await pool.query('CREATE TABLE IF NOT EXISTS orders (id bigint NOT NULL, note text NOT NULL)')
  return {
    sell: async (order, work) => {
      await withTransaction(pool, async (tx) => {
        await tx.query('INSERT INTO orders (id, note) VALUES ($1, $2)', [order, 'sold'])
        await work(tx)
      })
    },
    orders: async () =>
      (await pool.query<{ id: string }>('SELECT id FROM orders ORDER BY id')).rows.map(({ id }) => Number(id)),
    close: () => pool.end(),
  }
}
