import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../packages/stellwerk/test/setup/embedded-postgres-server.ts'
import { PostgresRows } from './postgres-rows.ts'
import { SqliteRows } from './sqlite-rows.ts'
import type { StoreRows } from './store-rows.ts'

/** One fresh store of one round. */
export interface BenchStore {
  /** What openStellwerk takes. */
  readonly store: string
  readonly schema: string
  /** A folder of its own for running files. */
  readonly stateDir: string
  /** The rows as the database tool sees them, not through the product. */
  readonly rows: StoreRows
}

/** Where the stores of a run live. */
export interface BenchGround {
  readonly kind: 'sqlite' | 'postgres'
  /** A new, empty store: a file, or a schema. */
  makeStore(): Promise<BenchStore>
  /** Closes and removes everything. Safe to repeat. */
  remove(): Promise<void>
}

/** Makes a folder below the system's temporary one and, for `postgres`, a durable server of our own in another. */
export async function makeBenchGround(store: string): Promise<BenchGround> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-bench-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (store === 'sqlite') return sqliteGround(folder, removeFolder)
  if (store !== 'postgres') return postgresGround(store, folder, removeFolder)
  const server = await startEmbeddedPostgres()
  return postgresGround(server.url, folder, async () => {
    await server.stop()
    await removeFolder()
  })
}

function sqliteGround(folder: string, remove: () => Promise<void>): BenchGround {
  const opened: StoreRows[] = []
  return {
    kind: 'sqlite',
    makeStore: () => {
      const path = join(folder, `round-${opened.length}.db`)
      const rows = new SqliteRows(path)
      opened.push(rows)
      return Promise.resolve({ store: `sqlite:${path}`, schema: 'stellwerk', stateDir: `${path}.state`, rows })
    },
    remove: async () => {
      for (const rows of opened) await rows.close()
      await remove()
    },
  }
}

function postgresGround(address: string, folder: string, remove: () => Promise<void>): BenchGround {
  const opened: PostgresRows[] = []
  return {
    kind: 'postgres',
    makeStore: async () => {
      const schema = `stellwerk_bench_${process.pid}_${opened.length}`
      const rows = await PostgresRows.open(address, schema)
      opened.push(rows)
      return { store: address, schema, stateDir: join(folder, schema), rows }
    },
    remove: async () => {
      for (const rows of opened) await rows.drop()
      await remove()
    },
  }
}
