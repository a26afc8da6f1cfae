import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { FaultProxy } from '../../../test/setup/fault-proxy.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { completedOf } from '../conformance/sample-records.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import { claimJobs, dispatchMany, settle, startStation } from '../conformance/store-steps.ts'
import type { Store } from '../store.ts'
import { openPostgresStore } from './open-postgres-store.ts'

const address = inject('postgresUrl')
let opened: OpenedStore
let schema: string

beforeEach(async () => {
  opened = await postgresHarness(address).open()
  const [row] = await opened.sql('SELECT current_schema() AS name')
  schema = String(row?.name)
})

afterEach(() => opened.close())

/** A store whose sessions begin with these settings, as a role or a database may have them. */
function openWith(settings: string): Promise<Store> {
  const url = new URL(address)
  url.searchParams.set('options', settings)
  return openPostgresStore({ address: url.href, schema, listen: false })
}

test('under a default isolation of serializable everything still goes through, side by side', async () => {
  const store = await openWith('-c default_transaction_isolation=serializable')
  await startStation(store)
  await Promise.all([1, 2, 3, 4].map(() => dispatchMany(store, 50)))
  const jobs = (await Promise.all([claimJobs(store, 'station-a'), claimJobs(store, 'station-a')])).flat()
  const settled = await Promise.all(jobs.map((job) => settle(store, completedOf(job))))
  expect(settled.flatMap(({ refused }) => refused)).toEqual([])
  const check = (await store.schema.check()).find(({ name }) => name === 'isolation')
  expect(check).toMatchObject({ ok: false, found: 'serializable', remedy: expect.stringContaining('read committed') })
  await store.close()
})

test('the server itself ends a statement of ours that takes too long', async () => {
  const holder = new pg.Client({ connectionString: address })
  await holder.connect()
  await holder.query(`BEGIN; LOCK TABLE ${schema}.job IN ACCESS EXCLUSIVE MODE`)
  await expect(dispatchMany(opened.store, 1)).rejects.toMatchObject({
    code: 'STORE_BUSY',
    details: { sqlState: '55P03' },
  })
  await holder.query('ROLLBACK')
  await holder.end()
  expect(await dispatchMany(opened.store, 1)).toHaveLength(1)
})

test('a pooler that refuses the limits as connection parameters is worked with without them', async () => {
  const proxy = await FaultProxy.start(address)
  proxy.refuse('statement_timeout', 'unsupported startup parameter: statement_timeout')
  const store = await openPostgresStore({ address: proxy.through(address), schema, listen: false })
  expect(proxy.cuts).toBe(1)
  expect(await dispatchMany(store, 1)).toHaveLength(1)
  await store.close()
  await proxy.close()
})

test('a pool whose connections are all in use for too long is told as such', async () => {
  const { toStellwerkError } = await import('./postgres-errors.ts')
  const pool = new pg.Pool({ connectionString: address, max: 1, connectionTimeoutMillis: 1_500 })
  const client = await pool.connect()
  const error: unknown = await pool.connect().catch((caught: unknown) => caught)
  expect(toStellwerkError(error, 'host/app')).toMatchObject({
    code: 'STORE_BUSY',
    message: expect.stringContaining('No connection to PostgreSQL at host/app came free'),
  })
  client.release()
  await pool.end()
})
