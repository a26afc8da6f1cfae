import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresHarness, reusedPostgresHarness } from '../../src/storage/conformance/postgres-harness.ts'
import { runConformance } from '../../src/storage/conformance/run-conformance.ts'
import { type EmbeddedPostgresServer, startEmbeddedPostgres } from '../setup/embedded-postgres-server.ts'
import { findOtherPostgres } from '../setup/other-postgres.ts'
import { skipUnless } from '../setup/skip-unless.ts'

const installed = findOtherPostgres(18)

describe('the PostgreSQL of the system, beside the 18 of every run', () => {
  let server: EmbeddedPostgresServer | undefined
  const url = (): string => server?.url ?? ''

  if (!skipUnless(installed !== null, 'no PostgreSQL from 14 to 17 is installed')) return

  beforeAll(async () => {
    server = await startEmbeddedPostgres(['fsync=off', 'full_page_writes=off'], { bin: installed?.bin ?? '' })
  })

  afterAll(() => server?.stop())

  test('is another version', async () => {
    const opened = await postgresHarness(url()).open()
    const [row] = await opened.sql(`SELECT current_setting('server_version_num')::int / 10000 AS major`)
    expect(row).toEqual({ major: installed?.major })
    await opened.close()
  })

  runConformance(`PostgreSQL ${installed?.major}`, reusedPostgresHarness(url))
})
