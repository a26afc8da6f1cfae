import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject, onTestFinished } from 'vitest'
import type { LiveDatabase } from '../faults/live-database.ts'

/** Where the application's tables lie: in the file of the jobs, or in a schema of their own on PostgreSQL, which goes with the test. */
export async function ownDatabase({ address }: LiveDatabase): Promise<string> {
  if (address.schema === undefined) return address.store
  const schema = `shop_${randomBytes(6).toString('hex')}`
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(`CREATE SCHEMA ${schema}`)
  onTestFinished(async () => {
    await client.query(`SET client_min_messages TO warning; DROP SCHEMA ${schema} CASCADE`)
    await client.end()
  })
  const url = new URL(address.store)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return url.href
}
