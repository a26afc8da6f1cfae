import pg from 'pg'
import { expect, inject, test } from 'vitest'

test('the run provides a PostgreSQL 18 with room for many connections', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  const version = await client.query<{ server_version: string }>('SHOW server_version')
  const limit = await client.query<{ max_connections: string }>('SHOW max_connections')
  await client.end()
  expect(Number.parseInt(version.rows[0]?.server_version ?? '', 10)).toBeGreaterThanOrEqual(18)
  expect(Number(limit.rows[0]?.max_connections)).toBeGreaterThanOrEqual(100)
})
