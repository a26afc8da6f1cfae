import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { silentLog } from '../../src/std/log.ts'
import { reusedPostgresHarness } from '../../src/storage/conformance/postgres-harness.ts'
import { runConformance } from '../../src/storage/conformance/run-conformance.ts'
import { openPostgresStore } from '../../src/storage/postgres/open-postgres-store.ts'
import { findPgBouncer, type PgBouncer, startPgBouncer } from '../setup/pgbouncer.ts'
import { skipUnless } from '../setup/skip-unless.ts'

const direct = inject('postgresUrl')
const command = findPgBouncer()

describe('through PgBouncer in transaction mode', () => {
  let bouncer: PgBouncer | undefined
  const through = (): string => bouncer?.url ?? ''

  if (!skipUnless(command !== null, 'pgbouncer is not installed')) return

  beforeAll(async () => {
    bouncer = await startPgBouncer(command ?? '', direct)
  })

  afterAll(async () => {
    await bouncer?.stop()
  })

  runConformance(
    'PostgreSQL through PgBouncer, LISTEN on a direct address,',
    reusedPostgresHarness(
      () => direct,
      () => ({ through: through(), listen: direct }),
    ),
  )

  test.each([
    ['with LISTEN on a direct address', direct],
    ['without LISTEN', false],
    ['with LISTEN through it, which nobody hears', true],
  ] as const)('a station %s runs every job once', async (_name, listen) => {
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-pgbouncer-'))
    const schema = `bouncer_${randomBytes(8).toString('hex')}`
    const runs = new Map<number, number>()
    const job = defineJob({
      name: 'count',
      handle: (_payload, { job: { id } }) => void runs.set(id, (runs.get(id) ?? 0) + 1),
    })
    const stellwerk = await openStellwerk({ store: through(), schema, listen, jobs: [job], migrate: true })
    const station = await stellwerk.work({ concurrency: 20, stateDir: folder })
    await Promise.all(
      Array.from({ length: 10 }, () => stellwerk.dispatchMany(Array.from({ length: 100 }, () => job.with(undefined)))),
    )
    await vi.waitFor(() => expect(runs.size).toBe(1_000), 20_000)
    await station.untilIdle()
    expect([...runs.values()].every((times) => times === 1)).toBe(true)
    await station.stop()
    await stellwerk.close()
    await dropSchema(schema)
    await rm(folder, { recursive: true })
  })

  test('a listener behind it proves nothing, so polling stays short; on a direct address it is long', async () => {
    const schema = `bouncer_${randomBytes(8).toString('hex')}`
    const pollOf = async (listen: boolean | string, pollMs: number): Promise<void> => {
      const warn = vi.fn()
      const log = { ...silentLog, warn }
      const store = await openPostgresStore({ address: through(), schema, listen, log, migrate: true })
      store.wake.subscribe(() => {})
      await vi.waitFor(
        () => expect(store.wake.pollMs === pollMs && (pollMs === 3_000 || warn.mock.calls.length > 0)).toBe(true),
        20_000,
      )
      await store.close()
    }
    await pollOf(direct, 3_000)
    await pollOf(true, 250)
    await dropSchema(schema)
  })

  test('it saw no session state and no statement by name', () => {
    expect(bouncer?.log()).not.toMatch(/prepared statement|unsupported (?:pkt|packet)/i)
    // What it did see: the limits as connection parameters, which the driver then leaves away.
    expect(bouncer?.log()).toContain('unsupported startup parameter: statement_timeout')
  })
})

async function dropSchema(schema: string): Promise<void> {
  const admin = new pg.Client({ connectionString: direct })
  await admin.connect()
  await admin.query('SET client_min_messages TO warning')
  await admin.query(`DROP SCHEMA ${schema} CASCADE`)
  await admin.end()
}
