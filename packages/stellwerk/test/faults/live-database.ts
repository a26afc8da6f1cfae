import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Pool, types } from 'pg'
import { inject } from 'vitest'
import { openStore } from '../../src/app/open-store.ts'
import { silentLog } from '../../src/std/log.ts'
import { postgresCallers, sqliteCallers } from '../../src/storage/conformance/caller-transactions.ts'
import type { OpenedStore, Row } from '../../src/storage/conformance/store-harness.ts'

const INT8 = 20
const NUMERIC = 1700

/** A migrated database of one test, whose clock is the real one, so that processes can share it. */
export interface LiveDatabase extends OpenedStore {
  /** What openStellwerk takes to open it, here or in another process. */
  readonly address: { readonly store: string; readonly schema?: string }
  /** A folder of this test: state folders and sinks are kept there. */
  readonly folder: string
}

/** The kinds of store that every fault is tried on. */
export const storeKinds = ['sqlite', 'postgres'] as const

/** A database of its own, in PostgreSQL on the server of the run or on another one; `close` drops it. */
export async function openLiveDatabase(kind: (typeof storeKinds)[number], url?: string): Promise<LiveDatabase> {
  const folder = await mkdtemp(join(tmpdir(), `stellwerk-fault-${kind}-`))
  return kind === 'sqlite' ? openSqlite(folder) : openPostgres(folder, url ?? inject('postgresUrl'))
}

/** An SQLite database that lies at `path`, in a folder of its own; `close` removes the folder. */
export async function openLiveFile(path: string): Promise<LiveDatabase> {
  return await openSqlite(dirname(path), path)
}

const realClock = (): never => {
  throw new Error('this clock is the real one: it cannot be moved')
}

async function openSqlite(folder: string, path = join(folder, 'store.db')): Promise<LiveDatabase> {
  const address = { store: `sqlite:${path}` }
  const open = () => openStore({ address: address.store, migrate: true, log: silentLog })
  const store = await open()
  const raw = new DatabaseSync(path, { timeout: 10_000 })
  const callers = sqliteCallers(path)
  const named = (values: readonly unknown[]) =>
    Object.fromEntries(values.map((value, index) => [`$${index + 1}`, value as string | number | null]))
  return {
    ...{ store, address, folder, openSecond: open, advance: realClock, begin: callers.begin },
    sql: async (text, parameters = []) => raw.prepare(text).all(named(parameters)) as readonly Row[],
    startIdsAt: async (id) => {
      raw.exec(`DELETE FROM sqlite_sequence WHERE name = 'job'`)
      raw.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('job', ?)`).run(id - 1)
    },
    close: async () => {
      await callers.close()
      await store.close()
      raw.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function openPostgres(folder: string, url: string): Promise<LiveDatabase> {
  const schema = `fault_${randomBytes(8).toString('hex')}`
  const address = { store: url, schema }
  const open = () => openStore({ address: url, schema, migrate: true, log: silentLog })
  const store = await open()
  const callers = postgresCallers(url)
  // A pool, since a fault may take its connection away.
  const raw = new Pool({
    connectionString: url,
    max: 1,
    options: `-c search_path=${schema} -c client_min_messages=warning`,
    types: {
      getTypeParser: (oid, format) => (oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format)),
    },
  })
  raw.on('error', () => undefined)
  return {
    ...{ store, address, folder, openSecond: open, advance: realClock, begin: callers.begin },
    sql: async (text, parameters = []) => (await raw.query<Row>(text, [...parameters])).rows,
    startIdsAt: async (id) => {
      await raw.query(`SELECT setval('job_id', $1::bigint, false)`, [id])
    },
    close: async () => {
      await callers.close()
      await store.close()
      await raw.query(`DROP SCHEMA ${schema} CASCADE`)
      await raw.end()
      await rm(folder, { recursive: true })
    },
  }
}

/**
 * Whether one was stopped in the middle of a write: SQLite's lock is then its own until it goes on, so nobody can renew, rescue or
 * settle meanwhile. Others hold it for less than `withinMs`.
 */
export function isWriterStopped({ address, store }: LiveDatabase, withinMs: number): boolean {
  if (store.kind !== 'sqlite') return false
  const probe = new DatabaseSync(address.store.slice('sqlite:'.length), { timeout: withinMs })
  try {
    probe.exec('BEGIN IMMEDIATE; ROLLBACK')
    return false
  } catch {
    return true
  } finally {
    probe.close()
  }
}
