import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { makeFirstSchema } from '../../../test/postgres/first-schema.ts'
import { silentLog } from '../../std/log.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import { createPatientPool } from './create-pool.ts'
import { loadPg, type Pg } from './load-pg.ts'
import { migrate } from './migrate.ts'
import { migrations, programVersion } from './migrations/migrations.ts'
import { PostgresDatabase } from './postgres-database.ts'

const address = inject('postgresUrl')
let opened: OpenedStore
let schemaName: string
let driver: Pg

beforeEach(async () => {
  driver = await loadPg()
  opened = await postgresHarness(address).open()
  const [row] = await opened.sql('SELECT current_schema() AS name')
  schemaName = String(row?.name)
})

afterEach(() => opened.close())

function database(): PostgresDatabase {
  return new PostgresDatabase(createPatientPool(driver, address, silentLog), {
    schema: `"${schemaName}"`,
    schemaName,
    place: 'test',
  })
}

/** The schema as the program of the first version made it. */
function goBack(): Promise<void> {
  return makeFirstSchema(address, schemaName)
}

test('every table whose rows leave again is vacuumed early, its TOAST table too', async () => {
  const tables = await opened.sql(
    `SELECT c.relname AS name, c.reloptions::text AS own, t.reloptions::text AS toast
       FROM pg_class AS c LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
        AND c.relname NOT IN ('stellwerk_schema', 'test_clock') ORDER BY c.relname`,
  )
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['failed_job', 'job', 'station', 'tally']))
  for (const { name, own, toast } of tables) {
    for (const options of [String(own), toast === null ? null : String(toast)]) {
      if (options === null) continue
      expect(options, String(name)).toContain('autovacuum_vacuum_scale_factor=0.01')
      expect(options, String(name)).toContain('autovacuum_vacuum_threshold=500')
      expect(options, String(name)).toContain('autovacuum_vacuum_cost_delay=0')
    }
  }
  const fill = Object.fromEntries(tables.map(({ name, own }) => [name, /fillfactor=(\d+)/.exec(String(own))?.[1]]))
  expect(fill).toMatchObject({ job: '70', station: '50', tally: '50', minute_metric: '50' })
})

test('an upgrade tells the steps it took by version and name', async () => {
  await goBack()
  const steps = migrations.slice(1).map(({ version, name }) => ({ version, name }))
  expect(await opened.store.schema.migrate()).toEqual(steps)
  expect(await opened.store.schema.version()).toMatchObject({ version: programVersion })
})

test('a table that others hold does not stop them for long: the upgrade lets go, and tries again until it is free', async () => {
  await goBack()
  const holder = new pg.Client({ connectionString: address })
  await holder.connect()
  await holder.query(`BEGIN; LOCK TABLE ${schemaName}.failed_job IN SHARE MODE`)
  const db = database()
  let tries = 0
  const migrated = migrate(db, {
    openPatient: () => {
      const patient = database()
      const transaction = patient.transaction.bind(patient)
      patient.transaction = async (work) => {
        tries += 1
        if (tries === 2) await holder.query('COMMIT')
        return await transaction(work)
      }
      return patient
    },
  })
  expect((await migrated).map(({ version }) => version)).toContain(4)
  expect(tries).toBe(2)
  await Promise.all([db.close(), holder.end()])
})

test('a table that stays held is told as busy once the bound is over', async () => {
  await goBack()
  const holder = new pg.Client({ connectionString: address })
  await holder.connect()
  await holder.query(`BEGIN; LOCK TABLE ${schemaName}.failed_job IN SHARE MODE`)
  const db = database()
  await expect(migrate(db, { openPatient: database, longestWaitMs: 0 })).rejects.toMatchObject({ code: 'STORE_BUSY' })
  expect(await opened.store.schema.version()).toMatchObject({ version: 1 })
  await Promise.all([db.close(), holder.end()])
})

test('a statement of a step may take longer than any other statement', async () => {
  const db = database()
  await goBack()
  const limits: unknown[] = []
  await migrate(db, {
    openPatient: () => {
      const patient = database()
      const transaction = patient.transaction.bind(patient)
      patient.transaction = (work) =>
        transaction(async (tx) => {
          const result = await work(tx)
          limits.push(
            ...(await tx.query(
              `SELECT current_setting('statement_timeout') AS s, current_setting('lock_timeout') AS l`,
            )),
          )
          return result
        })
      return patient
    },
  })
  expect(limits).toEqual([{ s: '1h', l: '2s' }])
  await db.close()
})

test('a program starts also while another one stands still with the lock of the schema', async () => {
  const other = new pg.Client(address)
  await other.connect()
  const db = database()
  try {
    await other.query('BEGIN')
    await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7356))', [`stellwerk:${schemaName}`])
    expect(await migrate(db, { openPatient: database })).toEqual([])
  } finally {
    await other.end()
    await db.close()
  }
})
