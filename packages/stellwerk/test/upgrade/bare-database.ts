import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Pool, types } from 'pg'
import { inject } from 'vitest'
import type { Row } from '../../src/storage/conformance/store-harness.ts'

const INT8 = 20
const NUMERIC = 1700

/** A place for a store that nobody has made yet, so that any program can make it. */
export interface BareDatabase {
  readonly address: { readonly store: string; readonly schema?: string }
  readonly folder: string
  readonly sql: (text: string) => Promise<readonly Row[]>
  /** Removes whatever was made of it. */
  readonly close: () => Promise<void>
}

/** A place of its own, on the kind of store that is named. */
export async function openBareDatabase(kind: 'sqlite' | 'postgres'): Promise<BareDatabase> {
  const folder = await mkdtemp(join(tmpdir(), `stellwerk-upgrade-${kind}-`))
  return kind === 'sqlite' ? bareFile(folder) : bareSchema(folder, inject('postgresUrl'))
}

function bareFile(folder: string): BareDatabase {
  const path = join(folder, 'store.db')
  let raw: DatabaseSync | undefined
  return {
    ...{ folder, address: { store: `sqlite:${path}` } },
    sql: async (text) => {
      raw ??= new DatabaseSync(path, { timeout: 10_000 })
      return raw.prepare(text).all() as readonly Row[]
    },
    close: async () => {
      raw?.close()
      await rm(folder, { recursive: true })
    },
  }
}

function bareSchema(folder: string, url: string): BareDatabase {
  const schema = `upgrade_${randomBytes(8).toString('hex')}`
  const raw = new Pool({
    connectionString: url,
    max: 1,
    options: `-c search_path=${schema} -c client_min_messages=warning`,
    types: {
      getTypeParser: (oid, format) => (oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format)),
    },
  })
  return {
    ...{ folder, address: { store: url, schema } },
    sql: async (text) => (await raw.query<Row>(text)).rows,
    close: async () => {
      await raw.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await raw.end()
      await rm(folder, { recursive: true })
    },
  }
}
