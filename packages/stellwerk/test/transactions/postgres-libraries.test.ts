import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { Client } from 'pg'
import { expect, expectTypeOf, inject, test } from 'vitest'
import { z } from 'zod'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { withTransaction } from '../../src/client/with-transaction.ts'
import type { Transaction } from '../../src/storage/transaction.ts'
import { sharePostgres } from './shared-database.ts'

const ship = defineJob({ name: 'ship', payload: z.object({ order: z.number(), note: z.string() }) })

/** Writes an order and its job in one transaction of a library; `fail` throws at its end. */
type Sell = (parts: { stellwerk: Stellwerk; pool: Pool }, order: number, fail: boolean) => Promise<void>

const note = `it's "quoted", {braced}, \\ and ü 🚂`

async function sellIn(stellwerk: Stellwerk, tx: Transaction, order: number): Promise<void> {
  await stellwerk.dispatch(ship, { order, note }, { tx, priority: 'high', delay: 0 })
  await stellwerk.dispatchMany(
    [1, 2].map((part) => ship.with({ order, note: String(part) }, { queue: `parts-${part}` })),
    { tx },
  )
}

const sell: Readonly<Record<string, Sell>> = {
  'a client of pg': async ({ stellwerk }, order, fail) => {
    const client = new Client({ connectionString: inject('postgresUrl') })
    await client.connect()
    try {
      await client.query('BEGIN')
      await sellIn(stellwerk, client, order)
      await client.query(fail ? 'ROLLBACK' : 'COMMIT')
    } finally {
      await client.end()
    }
    if (fail) throw new Error('no')
  },
  'a client of a pool of pg': async ({ stellwerk, pool }, order, fail) => {
    await withTransaction(pool, async (tx) => {
      await tx.query('INSERT INTO orders (id, note) VALUES ($1, $2)', [order, note])
      await sellIn(stellwerk, tx, order)
      if (fail) throw new Error('no')
    })
  },
  'a transaction of Kysely': async ({ stellwerk, pool }, order, fail) => {
    const db = new Kysely<{ orders: { id: number; note: string } }>({
      dialect: new PostgresDialect({ pool }),
      plugins: [new CamelCasePlugin()],
    })
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('orders').values({ id: order, note }).execute()
      await sellIn(stellwerk, trx, order)
      if (fail) throw new Error('no')
    })
  },
  'a transaction of Drizzle, by an adapter of two lines': async ({ stellwerk, pool }, order, fail) => {
    await drizzle(pool).transaction(async (tx) => {
      await tx.execute(sql`INSERT INTO orders (id, note) VALUES (${order}, ${note})`)
      await sellIn(stellwerk, fromDrizzle(tx), order)
      if (fail) throw new Error('no')
    })
  },
  'the call shape that Prisma documents': async ({ stellwerk, pool }, order, fail) => {
    await withTransaction(pool, async (client) => {
      await sellIn(stellwerk, likePrisma(client), order)
      if (fail) throw new Error('no')
    })
  },
}

/** As docs/concepts/transactions.md has it. */
function fromDrizzle(tx: Pick<NodePgDatabase, 'execute'>): Transaction {
  const part = (text: string, index: number, values: string[]) =>
    index % 2 ? sql`${values[Number(text) - 1]}` : sql.raw(text)
  return {
    query: (text, values) =>
      tx.execute(sql.join(text.split(/\$(\d+)/).map((each, index) => part(each, index, values)))),
  }
}

/** $queryRawUnsafe(text, ...values) as documented: rows alone, bigint as BigInt, errors as P2010 with the server's code in `meta`. */
function likePrisma(client: PoolClient): Transaction {
  const typed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(typed)
    return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : value
  }
  return {
    $queryRawUnsafe: async (text, ...values) => {
      try {
        const { rows } = await client.query<Record<string, unknown>>(text, values)
        return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typed(value)])))
      } catch (error) {
        const { code, message } = error as { code: string; message: string }
        throw Object.assign(new Error('Raw query failed'), { code: 'P2010', meta: { code, message } })
      }
    },
  }
}

test.for(Object.entries(sell))('%s commits its jobs with its rows, or none of them', async ([name, sellOrder]) => {
  const { stellwerk, pool } = await sharePostgres([ship])
  await sellOrder({ stellwerk, pool }, 1, false)
  await expect(sellOrder({ stellwerk, pool }, 2, true)).rejects.toThrow('no')
  await sellOrder({ stellwerk, pool }, 3, false)
  const { jobs } = await stellwerk.jobs()
  expect(jobs).toHaveLength(6)
  const payloads = await Promise.all(jobs.map(async ({ id }) => JSON.parse((await stellwerk.job(id)).payload ?? '')))
  expect(payloads.map(({ order }: { order: number }) => order).toSorted()).toEqual([1, 1, 1, 3, 3, 3])
  expect(payloads).toContainEqual({ order: 1, note })
  expect(jobs.map(({ queue, priority }) => `${queue} ${priority}`)).toContain('default 10')
  const store = stellwerk.deps().store
  expect(await store.metrics.tallies()).toHaveLength(3)
  expect(new Set((await store.metrics.tallies()).map(({ count }) => count))).toEqual(new Set([2]))
  if (name.includes('pool') || name.includes('Kysely') || name.includes('Drizzle')) {
    expect((await pool.query('SELECT id FROM orders ORDER BY id')).rows).toEqual([{ id: '1' }, { id: '3' }])
  }
})

test.for(Object.keys(sell))('an error of the server reaches who uses %s with its code', async (name) => {
  const { stellwerk } = await sharePostgres([ship])
  const other = await sharePostgres([ship])
  await stellwerk.close()
  await expect(sell[name]?.({ stellwerk, pool: other.pool }, 1, false)).rejects.toMatchObject({ code: 'CLOSED' })
  const { pool } = other
  await pool.query(`DROP TABLE ${other.options.schema}.dispatch_receipt CASCADE`)
  await expect(sell[name]?.({ stellwerk: other.stellwerk, pool }, 1, false)).rejects.toMatchObject({
    code: 'SCHEMA_MISSING',
  })
})

test('what is passed as tx is checked by the compiler, and a pool or a Kysely instance is refused', async () => {
  const { stellwerk, pool } = await sharePostgres([ship])
  const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool }) })
  expectTypeOf<PoolClient>().toExtend<Transaction>()
  expectTypeOf<Client>().toExtend<Transaction>()
  expectTypeOf<Pool>().not.toExtend<Transaction>()
  expectTypeOf(kysely).not.toExtend<Transaction>()
  for (const [wrong, message] of [
    [pool, 'withTransaction(pool'],
    [kysely, 'is no transaction'],
    [drizzle(pool), 'does not run its statements'],
    [likePrisma(pool as unknown as PoolClient), 'no transaction is open'],
    [undefined, "leave the key 'tx' out"],
  ] as const) {
    const tx = wrong as unknown as Transaction
    const refused = { code: 'TRANSACTION_INVALID', message: expect.stringContaining(message) }
    await expect(stellwerk.dispatch(ship, { order: 1, note }, { tx })).rejects.toMatchObject(refused)
  }
  expect((await stellwerk.jobs()).jobs).toEqual([])
})
