import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { silentLog } from '../../std/log.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import type { Store } from '../store.ts'
import { sqliteCallers } from './caller-transactions.ts'
import type { OpenedStore, Row, SqlValue, StoreHarness } from './store-harness.ts'

/** A file of its own for each database, in a folder that goes with it. */
export const sqliteHarness: StoreHarness = { open: openSqlite }

async function openSqlite(): Promise<OpenedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-conformance-'))
  const path = join(folder, 'store.db')
  let now = Math.floor(performance.timeOrigin + performance.now())
  const open = async (): Promise<Store> =>
    await openSqliteStore({ path, log: silentLog, migrate: true, clock: () => now })
  const store = await open()
  const others: Store[] = []
  const callers = sqliteCallers(path)
  const raw = new DatabaseSync(path, { timeout: 5_000 })
  return {
    store,
    advance: async (ms) => {
      now += ms
    },
    openSecond: async () => {
      const second = await open()
      others.push(second)
      return second
    },
    sql: async (text, parameters = []) => raw.prepare(text).all(named(parameters)) as readonly Row[],
    begin: callers.begin,
    startIdsAt: async (id) => {
      raw.exec(`DELETE FROM sqlite_sequence WHERE name = 'job'`)
      raw.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('job', ?)`).run(id - 1)
    },
    close: async () => {
      await callers.close()
      await Promise.all([store, ...others].map((each) => each.close()))
      raw.close()
      await rm(folder, { recursive: true })
    },
  }
}

function named(parameters: readonly SqlValue[]): Record<string, string | number | null> {
  return Object.fromEntries(
    parameters.map((value, index) => [`$${index + 1}`, typeof value === 'boolean' ? Number(value) : value]),
  )
}
