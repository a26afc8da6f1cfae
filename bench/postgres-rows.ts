import pg from 'pg'
import { rowQueries, type StoreRows } from './store-rows.ts'

/** Rows of one schema, over a connection of its own. */
export class PostgresRows implements StoreRows {
  readonly #client: pg.Client
  readonly #schema: string
  #open = true

  private constructor(client: pg.Client, schema: string) {
    this.#client = client
    this.#schema = schema
  }

  /** Connects, and drops what an earlier run may have left under this name. */
  static async open(address: string, schema: string): Promise<PostgresRows> {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    await client.query(`SET client_min_messages = warning; DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
    await client.query(`SET search_path = "${schema}"`)
    return new PostgresRows(client, schema)
  }

  completedIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.completedIds)
  }

  payloadIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.payloadIds)
  }

  liveIds(): Promise<readonly number[]> {
    return this.#ids(rowQueries.liveIds)
  }

  async rowsClaimedAgain(): Promise<number> {
    const [count] = await this.#ids(rowQueries.rowsClaimedAgain)
    return count ?? 0
  }

  async facts(): Promise<Readonly<Record<string, string>>> {
    const setting = async (name: string): Promise<string> => {
      const { rows } = await this.#client.query<{ value: string }>('SELECT current_setting($1) AS value', [name])
      return rows[0]?.value ?? ''
    }
    return {
      postgres: await setting('server_version'),
      fsync: await setting('fsync'),
      synchronous_commit: await setting('synchronous_commit'),
      shared_buffers: await setting('shared_buffers'),
    }
  }

  async serverPid(): Promise<number> {
    const { rows } = await this.#client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return rows[0]?.pid ?? 0
  }

  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await this.#client.end()
  }

  /** Removes the schema and closes. Safe to repeat. */
  async drop(): Promise<void> {
    if (this.#open) await this.#client.query(`DROP SCHEMA IF EXISTS "${this.#schema}" CASCADE`)
    await this.close()
  }

  async #ids(query: string): Promise<readonly number[]> {
    const { rows } = await this.#client.query<[string | number]>({ text: query, rowMode: 'array' })
    return rows.map(([id]) => Number(id))
  }
}
