import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { Kysely, SqliteDialect } from 'kysely'
import { expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { withTransaction } from '../../src/client/with-transaction.ts'
import type { Transaction } from '../../src/storage/transaction.ts'
import { shareSqlite } from './shared-database.ts'

const ship = defineJob({ name: 'ship', payload: z.object({ order: z.number() }), handle: () => undefined })

/** Writes an order and its job in one transaction of a library; `fail` throws at its end. */
type Sell = (parts: { stellwerk: Stellwerk; database: DatabaseSync }, order: number, fail: boolean) => Promise<void>

const sell: Readonly<Record<string, Sell>> = {
  'node:sqlite': async ({ stellwerk, database }, order, fail) => {
    await withTransaction(database, async (tx) => {
      tx.prepare('INSERT INTO orders (id, note) VALUES (?, ?)').run(order, 'new')
      await stellwerk.dispatch(ship, { order }, { tx })
      if (fail) throw new Error('no')
    })
  },
  Kysely: async ({ stellwerk, database }, order, fail) => {
    const db = new Kysely<{ orders: { id: number; note: string } }>({
      dialect: new SqliteDialect({ database: forKysely(database) }),
    })
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('orders').values({ id: order, note: 'new' }).execute()
      await stellwerk.dispatch(ship, { order }, { tx: database })
      if (fail) throw new Error('no')
    })
  },
  Drizzle: async ({ stellwerk, database }, order, fail) => {
    await forDrizzle(database).transaction(async (tx) => {
      await tx.run(sql`INSERT INTO orders (id, note) VALUES (${order}, 'new')`)
      await stellwerk.dispatch(ship, { order }, { tx: database })
      if (fail) throw new Error('no')
    })
  },
}

/** As docs/concepts/transactions.md has it: node:sqlite behind the interface that Kysely's dialect takes. */
function forKysely(database: DatabaseSync) {
  return {
    close: () => {},
    prepare: (text: string) => {
      const statement = database.prepare(text)
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])),
        run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
      }
    },
  }
}

/** As docs/concepts/transactions.md has it: Drizzle's proxy driver over node:sqlite. */
function forDrizzle(database: DatabaseSync) {
  return drizzle(async (text, values, method) => {
    const statement = database.prepare(text)
    if (method === 'run') return { rows: [statement.run(...(values as SQLInputValue[]))] }
    statement.setReturnArrays(true)
    const rows = statement.all(...(values as SQLInputValue[])) as unknown[]
    return { rows: method === 'get' ? (rows[0] as unknown[]) : rows }
  })
}

test.for(Object.entries(sell))('over %s jobs are committed with the rows, or none of them', async ([, sellOrder]) => {
  const { stellwerk, database } = await shareSqlite([ship])
  await sellOrder({ stellwerk, database }, 1, false)
  await expect(sellOrder({ stellwerk, database }, 2, true)).rejects.toThrow('no')
  await sellOrder({ stellwerk, database }, 3, false)
  expect(database.prepare('SELECT id FROM orders ORDER BY id').all()).toEqual([{ id: 1 }, { id: 3 }])
  const { jobs } = await stellwerk.jobs()
  expect(await Promise.all(jobs.map(async ({ id }) => (await stellwerk.job(id)).payload))).toEqual([
    '{"order":3}',
    '{"order":1}',
  ])
})

test('a station in this process and one that sleeps hear of the commit', async () => {
  const { stellwerk, database, folder } = await shareSqlite([ship])
  const started: number[] = []
  const station = await stellwerk.work({
    stateDir: folder,
    onEvent: (event) => void (event.kind === 'started' && started.push(performance.now())),
  })
  const waits: number[] = []
  for (let order = 0; order < 20; order++) {
    await station.untilIdle()
    await sell['node:sqlite']?.({ stellwerk, database }, order, false)
    const committed = performance.now()
    await vi.waitFor(() => expect(started).toHaveLength(order + 1), { timeout: 20_000, interval: 1 })
    waits.push((started[order] ?? 0) - committed)
  }
  await station.stop()
  const median = waits.toSorted((one, other) => one - other)[10] ?? 0
  console.log(`commit to start over data_version: p50 ${median.toFixed(1)} ms`)
  expect(median).toBeLessThan(250)
})

test('a connection with settings of its own serves as well as any', async () => {
  const { stellwerk, folder } = await shareSqlite([ship])
  const database = new DatabaseSync(join(folder, 'app.db'), { readBigInts: true, returnArrays: true, timeout: 1_000 })
  database.exec('BEGIN IMMEDIATE')
  const jobs = await stellwerk.dispatchMany([ship.with({ order: 1 }), ship.with({ order: 2 })], { tx: database })
  database.exec('COMMIT')
  expect(jobs.map(({ id }) => id)).toEqual([1, 2])
  expect(database.prepare('SELECT id FROM job').all()).toEqual([[1n], [2n]])
  database.close()
})

test('a dispatch that fails leaves the transaction of the application open, and nothing of its own', async () => {
  const { stellwerk, database } = await shareSqlite([ship])
  database.exec(`BEGIN IMMEDIATE; INSERT INTO orders VALUES (1, 'kept')`)
  database.exec(`CREATE TEMP TRIGGER no_receipt BEFORE INSERT ON dispatch_receipt BEGIN SELECT RAISE(ABORT, 'no'); END`)
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: database })).rejects.toThrow('no')
  expect(database.isTransaction).toBe(true)
  database.exec('COMMIT')
  expect(
    database
      .prepare(
        'SELECT (SELECT count(*) FROM job) AS jobs, (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM tally) AS tallies',
      )
      .get(),
  ).toEqual({ jobs: 0, orders: 1, tallies: 0 })
})

test('what holds no transaction on the file of the store is refused', async () => {
  const { stellwerk, database, folder } = await shareSqlite([ship])
  expectTypeOf<DatabaseSync>().toExtend<Transaction>()
  const elsewhere = mkdtempSync(join(tmpdir(), 'stellwerk-'))
  onTestFinished(() => rmSync(elsewhere, { recursive: true }))
  const begun = (path: string): DatabaseSync => {
    const other = new DatabaseSync(path)
    other.exec('BEGIN')
    onTestFinished(() => void (other.isOpen && other.close()))
    return other
  }
  const closed = begun(join(folder, 'app.db'))
  closed.close()
  for (const [wrong, message] of [
    [database, 'no transaction is open'],
    [closed, 'was closed'],
    [begun(':memory:'), 'a database in memory'],
    [begun(join(elsewhere, 'app.db')), `it is on ${join(elsewhere, 'app.db')}`],
    [{ query: () => [] }, 'no DatabaseSync'],
    [new Kysely({ dialect: new SqliteDialect({ database: forKysely(database) }) }), 'no DatabaseSync'],
    [undefined, "leave the key 'tx' out"],
  ] as const) {
    const refused = { code: 'TRANSACTION_INVALID', message: expect.stringContaining(message) }
    await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: wrong as unknown as Transaction })).rejects.toMatchObject(
      refused,
    )
  }
  const readOnly = new DatabaseSync(join(folder, 'app.db'), { readOnly: true })
  readOnly.exec('BEGIN')
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: readOnly })).rejects.toMatchObject({
    code: 'STORE_NOT_WRITABLE',
  })
  readOnly.close()
  const busy = begun(join(folder, 'app.db'))
  database.exec('BEGIN IMMEDIATE')
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: busy })).rejects.toMatchObject({ code: 'STORE_BUSY' })
  database.exec('ROLLBACK')
  await setImmediate()
  expect((await stellwerk.jobs()).jobs).toEqual([])
})

test('a file that holds tables of the application is shared where that is said, and never taken by accident', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'app.db')
  const database = new DatabaseSync(path)
  onTestFinished(() => database.close())
  database.exec(`CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO orders VALUES (1, 'old')`)
  const store = `sqlite:${path}`
  await expect(openStellwerk({ store })).rejects.toMatchObject({
    code: 'STORE_FOREIGN',
    message: expect.stringContaining('shareFile'),
  })
  database.exec('CREATE TABLE job (mine)')
  await expect(openStellwerk({ store, shareFile: true })).rejects.toMatchObject({
    code: 'STORE_FOREIGN',
    message: expect.stringContaining("a 'job' of its own"),
  })
  database.exec('DROP TABLE job')
  for (const shareFile of [true, false]) {
    const stellwerk = await openStellwerk({ store, shareFile, jobs: [ship] })
    await sell['node:sqlite']?.({ stellwerk, database }, 2 + Number(shareFile), false)
    // The application made the file: its mode and its pages are as it wants them.
    const others = new Set(['file access', 'gives space back'])
    expect((await stellwerk.deps().store.schema.check()).filter(({ ok, name }) => !ok && !others.has(name))).toEqual([])
    await stellwerk.close()
  }
  expect(database.prepare('SELECT id FROM orders').all()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  database.exec('PRAGMA application_id = 7')
  await expect(openStellwerk({ store, shareFile: true })).rejects.toMatchObject({ code: 'STORE_FOREIGN' })
})

test('transactions that are asked for side by side run one after the other, each whole or not at all', async () => {
  const { stellwerk, database, folder } = await shareSqlite([ship])
  const other = new DatabaseSync(join(folder, 'app.db'), { timeout: 0 })
  onTestFinished(() => other.close())
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, order) =>
      sell['node:sqlite']?.({ stellwerk, database: order % 2 ? database : other }, order, order % 3 === 0),
    ),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(
    Array.from({ length: 60 }, (_, order) => (order % 3 === 0 ? 'rejected' : 'fulfilled')),
  )
  const both = (table: string): unknown => database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()
  expect([both('orders'), both('job')]).toEqual([{ rows: 40 }, { rows: 40 }])
})

test('a lock that is held for too long is an error of its own', { timeout: 20_000 }, async () => {
  const { database, folder } = await shareSqlite([ship])
  const holder = new DatabaseSync(join(folder, 'app.db'))
  onTestFinished(() => holder.close())
  holder.exec('BEGIN IMMEDIATE')
  const hasty = new DatabaseSync(join(folder, 'app.db'), { timeout: 0 })
  onTestFinished(() => hasty.close())
  const clock = vi.spyOn(performance, 'now')
  clock.mockReturnValueOnce(0).mockReturnValueOnce(1).mockReturnValue(5_001)
  await expect(withTransaction(hasty, () => undefined)).rejects.toMatchObject({ code: 'STORE_BUSY' })
  clock.mockRestore()
  holder.exec('ROLLBACK')
  expect(database.isTransaction).toBe(false)
  await expect(withTransaction(hasty, (tx) => tx.exec('nonsense'))).rejects.toThrow('syntax error')
  expect(hasty.isTransaction).toBe(false)
})
