import { expect, inject, onTestFinished, test } from 'vitest'
import { silentLog } from '../../std/log.ts'
import { monotonicMs } from '../../std/monotonic.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { dispatchMany, startStation } from '../conformance/store-steps.ts'
import { createClaimJobs } from './claim-jobs.ts'
import { createPool } from './create-pool.ts'
import { LaneFloors } from './lane-floors.ts'
import { loadPg } from './load-pg.ts'
import { createLookAtLanes } from './look-at-lanes.ts'
import { PostgresDatabase } from './postgres-database.ts'

test('while whole looks take long, lanes are claimed from their floors on, and what comes before one is found by the next whole look', async () => {
  const opened = await postgresHarness(inject('postgresUrl')).open()
  onTestFinished(() => opened.close())
  const { store, sql } = opened
  await startStation(store)
  const ids = await dispatchMany(store, 3)
  await dispatchMany(store, 1, { queue: 'other' })
  const [schema] = await sql('SELECT current_schema() AS name')
  const db = await ownDatabase(String(schema?.['name']))
  const floors = new LaneFloors()
  const look = createLookAtLanes(String(schema?.['name']), floors)
  const claim = createClaimJobs(String(schema?.['name']), floors)
  const claimOne = async () => {
    const shares = (await look(db)).filter(({ queue }) => queue === 'mail').map((head) => ({ ...head, limit: 1 }))
    return (await claim(db, { stationId: 'station-a', shares, limit: 1 })).map(({ id }) => id)
  }
  const heads = await look(db)
  expect(heads).toHaveLength(2)
  const nowMs = monotonicMs()
  for (let each = 0; each < 8; each++) floors.sawAll(heads, nowMs, nowMs + 60_000)

  expect(await claimOne()).toEqual([ids[0]])
  expect(await store.claims.releaseOthers('station-a', [])).toBe(1)
  expect(await claimOne(), 'the one that was given back lies before the floor').toEqual([ids[1]])
  await dispatchMany(store, 1, { queue: 'new' })
  expect((await look(db)).map(({ queue }) => queue).toSorted(), 'a new lane waits for a whole look').toEqual([
    'mail',
    'other',
  ])
  expect(await claimOne()).toEqual([ids[2]])
  expect(await claimOne()).toEqual([])

  const others = (await look(db)).map((head) => ({ ...head, limit: 1 }))
  await claim(db, { stationId: 'station-a', shares: others, limit: 1 })
  const all = await look(db)
  expect(all.map(({ queue }) => queue).toSorted(), 'nothing behind the floors: a whole look').toEqual(['mail', 'new'])
  expect(await claimOne()).toEqual([ids[0]])
})

/** The schema over a pool of the test's own. */
async function ownDatabase(schemaName: string): Promise<PostgresDatabase> {
  const address = inject('postgresUrl')
  const pool = createPool(await loadPg(), { address, size: 1, hasLimits: true, log: silentLog })
  const db = new PostgresDatabase(pool, { schema: `"${schemaName}"`, schemaName, place: 'the test server' })
  onTestFinished(() => db.close())
  return db
}
