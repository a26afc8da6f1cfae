import { Client } from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { defineJob } from '../../src/client/define-job.ts'
import { withTransaction } from '../../src/client/with-transaction.ts'
import { silentLog } from '../../src/std/log.ts'
import { wakeChannel } from '../../src/storage/postgres/schema-name.ts'
import { sharePostgres } from './shared-database.ts'

const ship = defineJob({ name: 'ship', payload: z.object({ order: z.number() }), handle: () => undefined })

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

test('a slow transaction of the application stops no other dispatch, claim, settlement or fold of the same queue', async () => {
  const warnings: string[] = []
  const { stellwerk, folder } = await sharePostgres([ship], {
    ...silentLog,
    // The server of the tests runs without fsync, which a station says when it starts.
    warn: (message, fields) => void (fields?.['check'] === 'fsync' || warnings.push(message)),
  })
  const slow = await connect()
  await slow.query('BEGIN')
  await stellwerk.dispatch(ship, { order: 1 }, { tx: slow })
  const station = await stellwerk.work({ stateDir: folder })
  await stellwerk.dispatchMany(Array.from({ length: 300 }, (_, order) => ship.with({ order })))
  const other = await connect()
  await other.query('BEGIN')
  await stellwerk.dispatch(ship, { order: 2 }, { tx: other })
  await other.query('COMMIT')
  await station.untilIdle()
  const store = stellwerk.deps().store
  await store.maintain()
  expect(slow.getTransactionStatus()).toBe('T')
  expect(warnings).toEqual([])
  expect(await store.metrics.tallies()).toEqual([{ queue: 'default', type: 'ship', state: 'completed', count: 301 }])
  await slow.query('COMMIT')
  await vi.waitFor(async () => expect((await store.metrics.tallies())[0]?.count).toBe(302), { timeout: 20_000 })
  await station.stop()
  expect(await store.metrics.recount()).toEqual(await store.metrics.tallies())
})

test('a commit notifies once, unless the dispatch says otherwise, and a rollback never', async () => {
  const { stellwerk, options } = await sharePostgres([ship])
  const listener = await connect()
  const heard: (string | undefined)[] = []
  listener.on('notification', ({ payload }) => heard.push(payload))
  await listener.query(`LISTEN "${wakeChannel(options.schema ?? '')}"`)
  const client = await connect()
  const dispatch = async (queues: readonly string[], wake: boolean, end: string): Promise<void> => {
    await client.query('BEGIN')
    await stellwerk.dispatchMany(
      queues.map((queue) => ship.with({ order: 1 }, { queue })),
      { tx: client, wake },
    )
    await client.query(end)
  }
  await dispatch(['one'], true, 'ROLLBACK')
  await dispatch(['quiet'], false, 'COMMIT')
  await dispatch(['two', 'two'], true, 'COMMIT')
  await dispatch(['three', 'four'], true, 'COMMIT')
  await client.query(`SELECT pg_notify('${wakeChannel(options.schema ?? '')}', 'the end')`)
  await vi.waitFor(() => expect(heard).toContain('the end'), { timeout: 20_000, interval: 1 })
  expect(heard).toEqual(['two', '', 'the end'])
})

test('a sleeping station starts the job soon after the commit', async () => {
  const { stellwerk, folder } = await sharePostgres([ship])
  const ended: number[] = []
  const station = await stellwerk.work({
    stateDir: folder,
    onEvent: (event) => void (event.kind === 'started' && ended.push(performance.now())),
  })
  const { wake } = stellwerk.deps().store
  await vi.waitFor(() => expect(wake.pollMs).toBeGreaterThan(1_000), { timeout: 20_000 })
  const client = await connect()
  const waits: number[] = []
  for (let round = 0; round < 20; round++) {
    await station.untilIdle()
    await client.query('BEGIN')
    await stellwerk.dispatch(ship, { order: round }, { tx: client })
    await client.query('COMMIT')
    const committed = performance.now()
    await vi.waitFor(() => expect(ended).toHaveLength(round + 1), { timeout: 20_000, interval: 1 })
    waits.push((ended[round] ?? 0) - committed)
  }
  await station.stop()
  const median = waits.toSorted((one, other) => one - other)[10] ?? 0
  console.log(`commit to start over LISTEN: p50 ${median.toFixed(1)} ms`)
  expect(median).toBeLessThan(250)
})

test('a statement that fails aborts the transaction of the application, which says so', async () => {
  const { stellwerk, pool, options } = await sharePostgres([ship])
  const client = await connect()
  await client.query('BEGIN')
  await client.query('SELECT 1 / 0').catch(() => {})
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: client })).rejects.toMatchObject({
    code: 'TRANSACTION_INVALID',
    message: expect.stringContaining('has failed already'),
  })
  await client.query('ROLLBACK')
  await client.query('BEGIN READ ONLY')
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: client })).rejects.toMatchObject({
    code: 'STORE_NOT_WRITABLE',
  })
  await client.query('ROLLBACK')
  await expect(
    withTransaction(pool, async (tx) => {
      await stellwerk.dispatch(ship, { order: 1 }, { tx })
      await tx.query('SELECT 1 / 0').catch(() => {})
    }),
  ).rejects.toMatchObject({ code: 'TRANSACTION_INVALID', message: expect.stringContaining('ROLLBACK') })
  expect((await pool.query(`SELECT count(*)::int AS jobs FROM ${options.schema}.job`)).rows).toEqual([{ jobs: 0 }])
})

test('a transaction of another database, or of another installation under the same name, is refused', async () => {
  const { stellwerk, options } = await sharePostgres([ship])
  const client = await connect()
  const name = `other_${options.schema}`
  await client.query(`CREATE DATABASE ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const elsewhere = new Client({ connectionString: url.href })
  await elsewhere.connect()
  onTestFinished(async () => {
    await elsewhere.end()
    const last = new Client({ connectionString: inject('postgresUrl') })
    await last.connect()
    await last.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await last.end()
  })
  const refused = { code: 'TRANSACTION_INVALID', message: expect.stringContaining('another database') }
  await elsewhere.query('BEGIN')
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: elsewhere })).rejects.toMatchObject(refused)
  await elsewhere.query('ROLLBACK')
  await elsewhere.query(`CREATE SCHEMA ${options.schema}
    CREATE TABLE job (id int) CREATE TABLE stellwerk_schema (installation_id text)`)
  await elsewhere.query(`INSERT INTO ${options.schema}.stellwerk_schema VALUES ('another')`)
  await elsewhere.query('BEGIN')
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: elsewhere })).rejects.toMatchObject(refused)
  await elsewhere.query('ROLLBACK')
})

test('a client that was ended is refused', async () => {
  const { stellwerk } = await sharePostgres([ship])
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query('BEGIN')
  await client.end()
  await expect(stellwerk.dispatch(ship, { order: 1 }, { tx: client })).rejects.toMatchObject({
    code: 'TRANSACTION_INVALID',
  })
})
