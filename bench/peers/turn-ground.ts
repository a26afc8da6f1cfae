import pg from 'pg'
import { startEmbeddedPostgres } from '../../packages/stellwerk/test/setup/embedded-postgres-server.ts'
import type { GroundKind } from './candidates.ts'
import { startRedisServer } from './redis-server.ts'

/** An empty store for one run. */
export interface Turn {
  readonly address: string
  /** Removes what the run left. */
  clear(): Promise<void>
}

/** The servers of a whole bench: one PostgreSQL for all, a new Redis for each run. */
export interface TurnGround {
  prepare(kind: GroundKind): Promise<Turn>
  /** Ends every server. */
  remove(): Promise<void>
}

/** Starts the PostgreSQL server if one of the candidates needs it. */
export async function makeTurnGround(kinds: readonly GroundKind[]): Promise<TurnGround> {
  const databases = kinds.includes('postgres') ? await startDatabases() : undefined
  return {
    prepare: async (kind) => {
      if (kind === 'sqlite') return { address: 'sqlite', clear: () => Promise.resolve() }
      if (kind === 'postgres' && databases !== undefined) return databases.create()
      const server = await startRedisServer(kind === 'redis-aof')
      return { address: server.url, clear: () => server.stop() }
    },
    remove: async () => {
      await databases?.stop()
    },
  }
}

async function startDatabases() {
  const server = await startEmbeddedPostgres()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  let count = 0
  return {
    create: async (): Promise<Turn> => {
      const name = `bench_${++count}`
      await admin.query(`CREATE DATABASE ${name}`)
      // What the run before left to be written is not charged to this one.
      await admin.query('CHECKPOINT')
      const address = new URL(server.url)
      address.pathname = `/${name}`
      return {
        address: address.href,
        clear: async () => {
          await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
        },
      }
    },
    stop: async () => {
      await admin.end()
      await server.stop()
    },
  }
}
