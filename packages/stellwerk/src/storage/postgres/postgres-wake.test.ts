import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { FaultProxy } from '../../../test/setup/fault-proxy.ts'
import { silentLog } from '../../std/log.ts'
import { PostgresWake, type WakeOptions } from './postgres-wake.ts'

const address = inject('postgresUrl')
const soon = { timeout: 20_000, interval: 5 }
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

function notify(payload: string): Promise<unknown> {
  return admin.query('SELECT pg_notify($1, $2)', [channel, payload])
}

function start(options: Partial<WakeOptions> = {}): void {
  const createClient = (): pg.Client => new pg.Client({ connectionString: address, application_name: channel })
  wake = new PostgresWake({ channel, createClient, notify, log: silentLog, ...options })
}

test('polling is short until the listener is proven, and long from then on', async () => {
  start()
  expect(wake.pollMs).toBe(250)
  wake.subscribe(() => {})
  expect(wake.pollMs).toBe(250)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
})

test('without LISTEN polling stays short, and listeners of the process are still called', () => {
  start({ createClient: null })
  const listener = vi.fn()
  wake.subscribe(listener)
  wake.wakeOwn()
  expect(listener).toHaveBeenCalledOnce()
  expect(wake.pollMs).toBe(250)
})

test('a lost listener polls, comes back by itself, wakes for what it may have missed, and says both', async () => {
  const lines: string[] = []
  const line = (message: string) => void lines.push(message)
  start({ log: { ...silentLog, warn: line, info: line } })
  const listener = vi.fn()
  wake.subscribe(listener)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [channel])
  await vi.waitFor(() => expect(wake.pollMs).toBe(250), soon)
  listener.mockClear()
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  expect(listener).toHaveBeenCalled()
  listener.mockClear()
  await notify('mail')
  await vi.waitFor(() => expect(listener).toHaveBeenCalled(), soon)
  expect(lines).toEqual(['notifications lost, polling instead', 'notifications come again'])
})

test('self-checks go on and wake nobody, neither own ones nor those of other processes', async () => {
  const sent: string[] = []
  start({
    checkEveryMs: 20,
    notify: (payload) => {
      sent.push(payload)
      return notify(payload)
    },
  })
  const listener = vi.fn()
  wake.subscribe(listener)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  listener.mockClear()
  await notify(`${sent[0]}-of-another-process`)
  const before = sent.length
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(before + 3), soon)
  expect(listener).not.toHaveBeenCalled()
  expect(wake.pollMs).toBe(3_000)
})

test('a listener that hears nothing, as behind a transaction-mode pooler, is no listener: polling stays short', async () => {
  const warn = vi.fn()
  const checks = vi.fn(() => Promise.resolve())
  start({ notify: checks, checkTimeoutMs: 10, log: { ...silentLog, warn } })
  wake.subscribe(() => {})
  await vi.waitFor(() => expect(checks.mock.calls.length).toBeGreaterThan(1), soon)
  expect(wake.pollMs).toBe(250)
  expect(warn).toHaveBeenCalledOnce()
})

test('a listener whose network goes silent is found by its self-check, and a new one takes its place', async () => {
  const proxy = await FaultProxy.start(address)
  const createClient = (): pg.Client => new pg.Client({ connectionString: proxy.through(address) })
  start({ createClient, checkEveryMs: 20, checkTimeoutMs: 200 })
  const listener = vi.fn()
  wake.subscribe(listener)
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  proxy.freeze()
  await vi.waitFor(() => expect(wake.pollMs).toBe(250), soon)
  listener.mockClear()
  await vi.waitFor(() => expect(wake.pollMs).toBe(3_000), soon)
  await notify('mail')
  await vi.waitFor(() => expect(listener).toHaveBeenCalled(), soon)
  await wake.close()
  await proxy.close()
})
