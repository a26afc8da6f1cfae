import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Pool } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import type { StellwerkOptions } from '../../src/app/stellwerk-options.ts'
import type { AnyJobDefinition } from '../../src/client/job-definition.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { withTransaction } from '../../src/client/with-transaction.ts'
import { silentLog } from '../../src/std/log.ts'

/** A database that holds jobs and a table `orders (id, note)` of the application. */
export interface SharedDatabase {
  readonly stellwerk: Stellwerk
  readonly options: Pick<StellwerkOptions, 'store' | 'schema'>
  readonly folder: string
}

/** On PostgreSQL: a schema for the jobs and one for the application, which `pool` finds first. Dropped when the test has finished. */
export async function sharePostgres(
  jobs: readonly AnyJobDefinition[],
  log = silentLog,
): Promise<SharedDatabase & { readonly pool: Pool }> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-shared-'))
  const name = `tx_${randomBytes(6).toString('hex')}`
  const options = { store: inject('postgresUrl'), schema: name }
  const stellwerk = await openStellwerk({ ...options, jobs, log })
  const pool = new Pool({ connectionString: options.store, max: 4, options: `-c search_path=${name}_app` })
  await pool.query(`CREATE SCHEMA ${name}_app`)
  await pool.query('CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL)')
  onTestFinished(async () => {
    await stellwerk.close()
    await pool.query(`SET client_min_messages TO warning; DROP SCHEMA ${name} CASCADE; DROP SCHEMA ${name}_app CASCADE`)
    await pool.end()
    await rm(folder, { recursive: true })
  })
  return { stellwerk, options, folder, pool }
}

/** On SQLite: one file, and the application's connection to it. Removed when the test has finished. */
export async function shareSqlite(
  jobs: readonly AnyJobDefinition[],
): Promise<SharedDatabase & { readonly database: DatabaseSync }> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-shared-'))
  const path = join(folder, 'app.db')
  const options = { store: `sqlite:${path}` }
  const stellwerk = await openStellwerk({ ...options, jobs })
  const database = new DatabaseSync(path, { timeout: 0 })
  await withTransaction(database, (tx) => tx.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT NOT NULL)'))
  onTestFinished(async () => {
    await stellwerk.close()
    if (database.isOpen) database.close()
    await rm(folder, { recursive: true })
  })
  return { stellwerk, options, folder, database }
}
