import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { completedOf, failedOf, retryingOf } from '../conformance/sample-records.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import { claimJobs, dispatchMany, settle, startStation } from '../conformance/store-steps.ts'
import { openPostgresStore } from './open-postgres-store.ts'
import { toStellwerkError } from './postgres-errors.ts'

const address = inject('postgresUrl')
const dayMs = 86_400_000
let opened: OpenedStore

beforeEach(async () => {
  opened = await postgresHarness(address).open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await opened.close()
})

/** The address with something changed. */
function changed(change: (url: URL) => unknown): string {
  const url = new URL(address)
  change(url)
  return url.href
}

async function partitions(): Promise<number> {
  const [row] = await opened.sql(`SELECT count(*) AS count FROM pg_inherits WHERE inhparent = 'finished_job'::regclass`)
  return Number(row?.count)
}

test('a settlement on a day without a partition makes the partition and goes on', async () => {
  await startStation(opened.store, { leaseMs: 100 * dayMs })
  await dispatchMany(opened.store, 2)
  const jobs = await claimJobs(opened.store, 'station-a')
  await opened.advance(30 * dayMs)
  const { refused } = await settle(opened.store, ...jobs.map((job) => completedOf(job)))
  expect(refused).toEqual([])
  expect(await opened.sql('SELECT count(*) AS count FROM finished_payload')).toEqual([{ count: 2 }])
})

test('a cancellation on a day without a partition makes it, too', async () => {
  const [id] = await dispatchMany(opened.store, 1)
  await opened.advance(30 * dayMs)
  expect(await opened.store.jobs.cancel(Number(id))).toEqual({ changed: true })
})

test('migration makes today and seven days, upkeep a further day for each that passes', async () => {
  expect(await partitions()).toBe(8)
  await opened.store.maintain()
  await opened.advance(dayMs)
  await opened.store.maintain()
  await opened.store.maintain()
  expect(await partitions()).toBe(9)
})

test('no statement is named, so that no plan outlives its statistics and a pooler may sit in between', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await startStation(opened.store)
  await dispatchMany(opened.store, 3)
  const [first, second, third] = await claimJobs(opened.store, 'station-a')
  if (first === undefined || second === undefined || third === undefined) throw new Error('nothing was claimed')
  await settle(opened.store, completedOf(first), failedOf(second), retryingOf(third))
  await opened.store.stations.retire('station-a')
  await opened.store.jobs.list({ limit: 10 })
  await opened.store.jobs.find(first.id)
  await opened.store.stations.list()
  await opened.store.metrics.recount()
  const configs = query.mock.calls.map(([config]): unknown => config)
  const asked = configs.filter((config) => typeof config === 'object') as readonly pg.QueryArrayConfig[]
  const texts = configs.map((config) => (typeof config === 'string' ? config : (config as pg.QueryArrayConfig).text))
  expect(texts.length).toBeGreaterThan(6)
  expect(asked.filter(({ name }) => name !== undefined)).toEqual([])
  expect(texts.filter((text) => /(^|;)\s*SET (?!LOCAL)|\bPREPARE\b|pg_advisory_lock/.test(String(text)))).toEqual([])
})

test.each(['Upper', 'has-dash', '1st', 'pg_own', 'x"; drop schema public; --', '', 'x'.repeat(64)])(
  'the schema name %j is refused',
  async (schema) => {
    await expect(openPostgresStore({ address, schema })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  },
)

test('the longest schema name is kept apart from others that begin like it', async () => {
  const names = ['a', 'b'].map((end) => 'long_'.padEnd(62, 'x') + end)
  for (const schema of names) {
    const store = await openPostgresStore({ address, schema, migrate: true })
    await dispatchMany(store, 1)
    expect(await store.metrics.tallies()).toHaveLength(1)
    await store.close()
    await opened.sql(`DROP SCHEMA ${schema} CASCADE`)
  }
})

const unreachable = [
  { what: 'a port nobody listens on', part: { port: '1' }, code: 'STORE_UNREACHABLE', remedy: /Start the server/ },
  {
    what: 'an unknown host',
    part: { hostname: 'no-such-host.invalid' },
    code: 'STORE_UNREACHABLE',
    remedy: /host and port/,
  },
  {
    what: 'another scheme',
    part: { href: 'http://u:hunter2@host/x' },
    code: 'STORE_ADDRESS_INVALID',
    remedy: /postgres:/,
  },
]

test.each(unreachable)('$what is told by its code and remedy, without the password', async ({ part, code, remedy }) => {
  const wrong = changed((url) => Object.assign(url, { password: 'hunter2' }, part))
  const error: unknown = await openPostgresStore({ address: wrong }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code, message: expect.stringMatching(remedy) })
  expect(JSON.stringify(error) + String(error)).not.toContain('hunter2')
})

test('an unknown database is told by its code and remedy', async () => {
  const wrong = changed((url) => Object.assign(url, { pathname: '/no_such_database' }))
  await expect(openPostgresStore({ address: wrong })).rejects.toMatchObject({
    code: 'STORE_ADDRESS_INVALID',
    message: expect.stringMatching(/Create it/),
  })
})

test.each([
  ['28P01', 'STORE_ADDRESS_INVALID', /password/],
  ['3D000', 'STORE_ADDRESS_INVALID', /Create it/],
  ['42501', 'STORE_NOT_WRITABLE', /Grant/],
  ['25006', 'STORE_NOT_WRITABLE', /primary/],
  ['53100', 'STORE_FULL', /disk/],
  ['22021', 'OPTION_INVALID', /NUL/],
  ['53300', 'STORE_UNREACHABLE', /max_connections/],
  ['57P01', 'STORE_UNREACHABLE', /reached/],
  ['08006', 'STORE_UNREACHABLE', /reached/],
  ['57014', 'STORE_BUSY', /repeat/],
  ['3F000', 'SCHEMA_MISSING', /migrate/],
  ['XX001', 'STORE_CORRUPT', /backup/],
  ['42601', 'INTERNAL', /refused/],
])('SQLSTATE %s is %s', (sqlState, code, remedy) => {
  const said = Object.assign(new Error('the server said no'), { code: sqlState, severity: 'ERROR' })
  const error = toStellwerkError(said, 'host:5432/app')
  expect(error).toMatchObject({ code, details: { sqlState } })
  expect(error.message).toMatch(remedy)
  expect(error.message).toContain('the server said no')
})

test.each([
  ['The server does not support SSL connections', 'STORE_ADDRESS_INVALID', /offers no TLS/],
  ['self-signed certificate in certificate chain', 'STORE_ADDRESS_INVALID', /sslrootcert/],
  ["Hostname/IP does not match certificate's altnames: x", 'STORE_ADDRESS_INVALID', /certificate bears/],
  ['no pg_hba.conf entry for host "10.0.0.1", no encryption', 'STORE_ADDRESS_INVALID', /pg_hba\.conf/],
  ['no such database: app', 'STORE_ADDRESS_INVALID', /Create it/],
  ['no more connections allowed (max_client_conn)', 'STORE_UNREACHABLE', /max_connections/],
  ['timeout exceeded when trying to connect', 'STORE_BUSY', /came free/],
  ['Connection terminated unexpectedly', 'STORE_UNREACHABLE', /Start the server/],
])('%j is %s', (said, code, remedy) => {
  expect(toStellwerkError(new Error(said), 'host:5432/app')).toMatchObject({
    code,
    message: expect.stringMatching(remedy),
  })
})

test('a user without the right to make a schema is told what to grant', async () => {
  const role = `poor_${process.pid}_${Math.floor(performance.now())}`
  await opened.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'poor'`)
  const poor = changed((url) => {
    url.username = role
    url.password = 'poor'
  })
  await expect(openPostgresStore({ address: poor, schema: 'not_theirs', migrate: true })).rejects.toMatchObject({
    code: 'STORE_NOT_WRITABLE',
    message: expect.stringMatching(/Grant/),
  })
  await opened.sql(`DROP ROLE ${role}`)
})

test('a server that takes no writes is refused when it is opened', async () => {
  const readOnly = changed((url) => url.searchParams.set('options', '-c default_transaction_read_only=on'))
  await expect(openPostgresStore({ address: readOnly })).rejects.toMatchObject({ code: 'STORE_NOT_WRITABLE' })
})

test('a missing schema is refused where it is needed, and told by the first statement where it is not', async () => {
  await expect(openPostgresStore({ address, schema: 'nowhere', migrate: false })).rejects.toMatchObject({
    code: 'SCHEMA_MISSING',
    message: expect.stringMatching(/stellwerk migrate/),
  })
  const store = await openPostgresStore({ address, schema: 'nowhere' })
  expect(await store.schema.version()).toBeNull()
  await expect(dispatchMany(store, 1)).rejects.toMatchObject({ code: 'SCHEMA_MISSING' })
  await store.close()
})

test('a schema of another program is left alone', async () => {
  await opened.sql('CREATE SCHEMA foreign_program')
  await opened.sql('CREATE TABLE foreign_program.orders (id int)')
  await expect(openPostgresStore({ address, schema: 'foreign_program', migrate: true })).rejects.toMatchObject({
    code: 'STORE_FOREIGN',
  })
  expect(
    await opened.sql(`SELECT count(*) AS count FROM pg_class WHERE relnamespace = 'foreign_program'::regnamespace`),
  ).toEqual([{ count: 1 }])
  await opened.sql('DROP SCHEMA foreign_program CASCADE')
})

test('a server that does not wait for its disk is found by the self-check', async () => {
  const [setting] = await opened.sql('SHOW fsync')
  const check = (await opened.store.schema.check()).find(({ name }) => name === 'fsync')
  const found = setting?.fsync === 'on' ? 'what is written is on disk' : 'fsync is off'
  expect(check).toMatchObject({ found, ok: setting?.fsync === 'on' })
  expect(check?.remedy === null).toBe(setting?.fsync === 'on')
})
