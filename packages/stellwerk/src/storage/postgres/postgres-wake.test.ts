import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { silentLog } from '../../std/log.ts'
import { PostgresWake } from './postgres-wake.ts'

const address = inject('postgresUrl')
const soon = { timeout: 10_000, interval: 5 }
let admin: pg.Client
let wake: PostgresWake
let channel: string

beforeEach(async () => {
  channel = `wake_${process.pid}_${Math.floor(performance.now() * 1000)}`
  admin = new pg.Client({ connectionString: address })
  await admin.connect()
})

afterEach(async () => {
  await wake.close()
  await admin.end()
})

function start(checkEveryMs = 10_000): void {
  const createClient = (): pg.Client => new pg.Client({ connectionString: address, application_name: channel })
  wake = new PostgresWake({ channel, createClient, log: silentLog, checkEveryMs })
}

test('polling is short until the listener is proven, and long from then on', async () => {
  start()
  expect(wake.pollMs).toBe(250)
  wake.subscribe(() => {})
  expect(wake.pollMs).toBe(250)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
})

test('without LISTEN polling stays short, and listeners of the process are still called', () => {
  wake = new PostgresWake({ channel, createClient: null, log: silentLog })
  const listener = vi.fn()
  wake.subscribe(listener)
  wake.wakeOwn()
  expect(listener).toHaveBeenCalledOnce()
  expect(wake.pollMs).toBe(250)
})

test('a lost listener polls, comes back by itself, and wakes for what it may have missed', async () => {
  start()
  const listener = vi.fn()
  wake.subscribe(listener)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [channel])
  await vi.waitFor(() => expect(wake.pollMs).toBe(250), soon)
  listener.mockClear()
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  expect(listener).toHaveBeenCalled()
  listener.mockClear()
  await admin.query('SELECT pg_notify($1, $2)', [channel, 'mail'])
  await vi.waitFor(() => expect(listener).toHaveBeenCalled(), soon)
})

test('a self-check wakes nobody', async () => {
  start(20)
  const listener = vi.fn()
  wake.subscribe(listener)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  listener.mockClear()
  const checks = async (): Promise<number> => {
    const { rows } = await admin.query<{ at: Date }>(
      'SELECT query_start AS at FROM pg_stat_activity WHERE application_name = $1',
      [channel],
    )
    return rows[0]?.at.getTime() ?? 0
  }
  const before = await checks()
  await vi.waitFor(async () => expect(await checks()).toBeGreaterThan(before + 40), soon)
  expect(listener).not.toHaveBeenCalled()
})
