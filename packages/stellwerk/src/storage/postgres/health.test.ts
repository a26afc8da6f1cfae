import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import type { StoreCheck } from '../schema-store.ts'
import { createHealthStore } from './create-health-store.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const address = inject('postgresUrl')
let opened: OpenedStore
let holder: pg.Client

beforeEach(async () => {
  opened = await postgresHarness(address).open()
  holder = new pg.Client({ connectionString: address, application_name: 'night report' })
  await holder.connect()
})

afterEach(async () => {
  await holder.end()
  await opened.close()
})

async function findPid(): Promise<number> {
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

async function alarmsOf(pid: number, snapshotAgeMs: number): Promise<readonly StoreCheck[]> {
  const checks = await opened.store.health.check({ snapshotAgeMs })
  return checks.filter(({ found }) => found.startsWith(`pid ${pid} `))
}

test('a transaction that holds a snapshot is named with its process, program, state and age, and the remedy', async () => {
  const pid = await findPid()
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
  expect(await alarmsOf(pid, 3_600_000)).toEqual([])
  const [alarm] = await alarmsOf(pid, 0)
  expect(alarm).toMatchObject({ name: 'old snapshot', ok: false, remedy: expect.stringContaining(`(${pid})`) })
  // Its answer comes a moment before it waits for the next question.
  await expect
    .poll(async () => (await alarmsOf(pid, 0))[0]?.found, { timeout: 20_000 })
    .toMatch(/\(night report; idle in transaction, waits for ClientRead\) has held .* for .*, \d+ transactions/)
  await holder.query('COMMIT')
  expect(await alarmsOf(pid, 0)).toEqual([])
})

test('a transaction that wrote and then sits idle holds as well', async () => {
  const pid = await findPid()
  await holder.query('BEGIN; CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1)')
  expect(await alarmsOf(pid, 0)).toHaveLength(1)
  await holder.query('ROLLBACK')
})

test('sessions of other databases hold nothing here', async () => {
  const name = `other_${process.pid}_${Math.floor(performance.now())}`
  await opened.sql(`CREATE DATABASE ${name}`)
  const url = new URL(address)
  url.pathname = `/${name}`
  const other = new pg.Client({ connectionString: url.href })
  await other.connect()
  const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
  expect(await alarmsOf(rows[0]?.pid ?? 0, 0)).toEqual([])
  await other.end()
  await opened.sql(`DROP DATABASE ${name} WITH (FORCE)`)
})

test('a replication slot that nobody reads is told at once where it holds anything', async () => {
  const slot = `slot_${process.pid}_${Math.floor(performance.now())}`
  const { rows } = await holder.query<{ level: string }>(`SELECT current_setting('wal_level') AS level`)
  expect(rows[0]?.level).toBe('replica')
  await holder.query(`SELECT pg_create_physical_replication_slot($1, true)`, [slot])
  // A slot of this kind holds WAL alone, and no snapshot: no alarm of ours.
  const checks = await opened.store.health.check({ snapshotAgeMs: 3_600_000 })
  expect(checks.filter(({ name }) => name === 'replication slot')).toEqual([])
  await holder.query(`SELECT pg_drop_replication_slot($1)`, [slot])
})

/** A store over rows as the server would give them. */
function over(rows: () => readonly object[]): ReturnType<typeof createHealthStore> {
  return createHealthStore({ query: () => Promise.resolve(rows()) } as unknown as PostgresDatabase)
}

const unread = { kind: 'slot', name: "o'slot", program: 'physical', state: 'read by nobody', xmin: '700', ageMs: null }

test('slots, standbys and prepared transactions are told by their name, with what to do', async () => {
  const prepared = { ...unread, kind: 'prepared', name: "o'gid", program: 'app', state: 'prepared', ageMs: 50_000 }
  const health = over(() => [
    { ...unread, transactions: 5, active: false },
    { ...prepared, transactions: 7, active: true },
    { ...unread, kind: 'feedback', name: '12', transactions: 100_000, active: true },
    { ...unread, kind: 'session', name: '13', transactions: 1, active: true },
  ])
  const checks = await health.check({ snapshotAgeMs: 45_000 })
  expect(checks.map(({ name, remedy }) => [name, remedy])).toEqual([
    ['prepared transaction', "COMMIT PREPARED or ROLLBACK PREPARED 'o''gid'"],
    ['replication slot', expect.stringContaining("pg_drop_replication_slot('o''slot')")],
    ['standby feedback', expect.stringContaining('hot_standby_feedback = off')],
  ])
})

test('what has no time of its own is timed from the first look, and anew when it has moved on', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    let xmin = '700'
    const health = over(() => [{ ...unread, kind: 'feedback', xmin, transactions: 5, active: true }])
    const isOk = async (): Promise<boolean | undefined> => (await health.check({ snapshotAgeMs: 45_000 }))[0]?.ok
    expect(await isOk()).toBe(true)
    vi.advanceTimersByTime(46_000)
    expect(await isOk()).toBe(false)
    xmin = '800'
    expect(await isOk()).toBe(true)
    vi.advanceTimersByTime(44_000)
    expect(await isOk()).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('a role that may not see others’ sessions still sees that they hold', async () => {
  const role = `plain_${process.pid}_${Math.floor(performance.now())}`
  await opened.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'plain'`)
  const pid = await findPid()
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
  const url = new URL(address)
  Object.assign(url, { username: role, password: 'plain' })
  const plain = new pg.Client({ connectionString: url.href })
  await plain.connect()
  const health = createHealthStore({
    query: async (text: string) => (await plain.query(text)).rows,
  } as unknown as PostgresDatabase)
  const checks = await health.check({ snapshotAgeMs: 0 })
  expect(checks.map(({ found }) => found).join('\n')).toMatch(new RegExp(`pid ${pid} \\(.*state not shown`))
  await holder.query('COMMIT')
  await plain.end()
  await opened.sql(`DROP ROLE ${role}`)
})
