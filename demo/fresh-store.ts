import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DemoOptions } from './demo-options.ts'

/** Removes what an earlier demo left, and makes the folder anew. */
export async function makeFreshStore({ folder, schema, store }: DemoOptions): Promise<void> {
  for (const name of ['demo.db', 'demo.db-wal', 'demo.db-shm', 'state', 'half-written']) {
    await rm(join(folder, name), { recursive: true, force: true })
  }
  await mkdir(folder, { recursive: true })
  if (store.startsWith('postgres')) await dropSchema(store, schema)
}

async function dropSchema(address: string, schema: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query('SET client_min_messages = warning')
    await client.query(`DROP SCHEMA IF EXISTS ${client.escapeIdentifier(schema)} CASCADE`)
  } finally {
    await client.end()
  }
}
