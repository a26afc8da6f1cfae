import { DatabaseSync } from 'node:sqlite'
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
  return store.startsWith('sqlite:') ? await openSqlite(store.slice('sqlite:'.length)) : await openPostgres(store)
}

async function openSqlite(path: string): Promise<OrderBook> {
  const database = new DatabaseSync(path, { timeout: 0 })
  await withTransaction(database, (tx) =>
    tx.exec('CREATE TABLE IF NOT EXISTS orders (id INTEGER NOT NULL, note TEXT NOT NULL)'),
  )
  return {
    sell: async (order, work) => {
      await withTransaction(database, async (tx) => {
        tx.prepare('INSERT INTO orders (id, note) VALUES (?, ?)').run(order, 'sold')
        await work(tx)
      })
    },
    orders: async () =>
      database
        .prepare('SELECT id FROM orders ORDER BY id')
        .all()
        .map(({ id }) => Number(id)),
    close: async () => database.close(),
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
