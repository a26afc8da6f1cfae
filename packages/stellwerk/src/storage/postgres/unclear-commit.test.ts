import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { FaultProxy } from '../../../test/setup/fault-proxy.ts'
import type { ClaimedJob } from '../claim-store.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { completedOf, crashedOf, failedOf, newJob, retryingOf } from '../conformance/sample-records.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import { claimJob, claimJobs, dispatchMany, startStation } from '../conformance/store-steps.ts'
import type { Store } from '../store.ts'
import { openPostgresStore } from './open-postgres-store.ts'

const address = inject('postgresUrl')
let opened: OpenedStore
let proxy: FaultProxy
/** A store on the same schema whose answers may be lost. */
let far: Store
/** Names its connections to the server, which other tests use at the same time. */
const farName = `far-${randomUUID()}`

beforeEach(async () => {
  opened = await postgresHarness(address).open()
  proxy = await FaultProxy.start(address)
  const [row] = await opened.sql('SELECT current_schema() AS name')
  const url = new URL(proxy.through(address))
  url.searchParams.set('application_name', farName)
  far = await openPostgresStore({ address: url.href, schema: String(row?.name), listen: false })
})

afterEach(async () => {
  await far.close()
  await proxy.close()
  await opened.close()
})

test('a dispatch whose answer was lost returns the ids it has, and inserts nothing twice', async () => {
  proxy.cutAt('INSERT 0 1')
  const ids = await far.dispatch.insertJobs({ token: randomUUID(), jobs: [newJob(), newJob({ queue: 'other' })] })
  expect(proxy.cuts).toBe(1)
  expect(await opened.sql('SELECT id FROM job ORDER BY id')).toEqual(ids.map((id) => ({ id })))
})

test('a group of one shape whose answer was lost is found by its receipt, claimed or not', async () => {
  await startStation(far)
  proxy.cutAt('SELECT 1')
  const group = { token: randomUUID(), jobs: [newJob(), newJob()] }
  const { ids, claimed } = await far.dispatch.insertClaimed(group, 'station-a')
  expect(proxy.cuts).toBe(1)
  expect(claimed).toBeNull()
  expect(await opened.sql('SELECT id FROM job ORDER BY id')).toEqual(ids.map((id) => ({ id })))
  expect(await far.claims.releaseOthers('station-a', [])).toBe(2)
})

test('a group whose ids others drew between has all of them in its answer and in its receipt', async () => {
  await opened.sql('ALTER SEQUENCE job_id INCREMENT BY 2')
  const group = { token: randomUUID(), jobs: [newJob(), newJob(), newJob()] }
  const ids = await far.dispatch.insertJobs(group)
  expect(await opened.sql('SELECT id FROM job ORDER BY id')).toEqual(ids.map((id) => ({ id })))
  proxy.cutAt('SELECT 1')
  const again = await far.dispatch.insertJobs({ ...group, token: randomUUID() })
  expect(proxy.cuts).toBe(1)
  const [first = 0] = ids
  expect([...ids, ...again]).toEqual(Array.from({ length: 6 }, (_, at) => first + 2 * at))
  expect(await opened.sql('SELECT count(*) AS count FROM job')).toEqual([{ count: 6 }])
})

test('a settlement whose commit was lost is repeated without a refusal, and counts every run once', async () => {
  await startStation(far)
  await dispatchMany(far, 4)
  const [first, second, third, stale] = await claimJobs(far, 'station-a')
  if (first === undefined || second === undefined || third === undefined || stale === undefined)
    throw new Error('too few claimed')
  const lost = { ...completedOf(stale), claimSeq: stale.claimSeq + 1 }
  const counts: number[] = []
  proxy.cutAt('COMMIT')
  const result = await far.outcomes.settle({
    stationId: 'station-a',
    outcomes: [completedOf(first), failedOf(second), retryingOf(third), lost],
    logs: [{ jobId: first.id, claimSeq: first.claimSeq, attempt: 1, chunk: 0, lines: '{}', dropBelowChunk: 0 }],
    metrics: (won) => {
      counts.push(won.length)
      return []
    },
  })
  expect(proxy.cuts).toBe(1)
  expect(result.refused).toEqual([lost])
  expect(counts, 'what the lost commit has counted is not counted again').toEqual([3, 0])
  expect(result.wasRecorded).toBe(true)
  expect(await opened.store.metrics.tallies()).toEqual(await opened.store.metrics.recount())
  expect(await opened.store.jobs.logs(first.id)).toHaveLength(1)
})

test('a settlement that is in, and finds the rows held when it is tried again, is not told as busy: its minute rows are to be read back', async () => {
  await startStation(far)
  await dispatchMany(far, 2)
  const [first, second] = await claimJobs(far, 'station-a')
  if (first === undefined || second === undefined) throw new Error('nothing was claimed')
  proxy.cutAt('COMMIT\0')
  const holder = new pg.Client(address)
  await holder.connect()
  const schema = String((await opened.sql('SELECT current_schema() AS name'))[0]?.['name'])
  const settling = far.outcomes.settle({
    stationId: 'station-a',
    outcomes: [completedOf(first), completedOf(second)],
    logs: [],
    metrics: () => [],
  })
  await vi.waitFor(() => expect(proxy.cuts).toBe(1), { timeout: 5_000, interval: 1 })
  await holder.query(`BEGIN; LOCK TABLE "${schema}".finished_job IN ACCESS EXCLUSIVE MODE`)
  // Longer than a statement waits for a lock.
  await holder.query('SELECT pg_sleep(2.5)')
  await holder.query('COMMIT')
  await holder.end()
  const result = await settling
  expect([result.refused, result.wasRecorded]).toEqual([[], true])
})

test.each([
  ['retrying', (job: ClaimedJob) => retryingOf(job, { delayMs: 0 })],
  ['failed', (job: ClaimedJob) => failedOf(job)],
  ['crashed', (job: ClaimedJob) => crashedOf(job)],
])('what was recorded as %s is known again after its job has gone on and ended elsewhere', async (_, outcomeOf) => {
  await startStation(far)
  await startStation(far, { id: 'station-b' })
  await dispatchMany(far, 1)
  const settlement = {
    stationId: 'station-a',
    outcomes: [outcomeOf(await claimJob(far))],
    logs: [],
    metrics: () => [],
  }
  expect((await far.outcomes.settle(settlement)).refused).toEqual([])
  await far.failedJobs.retryNext({}, { afterId: 0, limit: 10 })
  await far.claims.promoteDue(10)
  const next = completedOf(await claimJob(far, 'station-b'))
  await far.outcomes.settle({ ...settlement, stationId: 'station-b', outcomes: [next] })
  const repeated = await far.outcomes.settle({ ...settlement, isRepeated: true })
  expect(repeated).toMatchObject({ refused: [], wasRecorded: true })
})

test('a repeated settlement of which nothing is left to win may have been recorded, whatever traces there are', async () => {
  await startStation(far)
  await dispatchMany(far, 1)
  const job = await claimJob(far)
  const settlement = { stationId: 'station-a', outcomes: [completedOf(job)], logs: [], metrics: () => [] }
  await far.outcomes.settle(settlement)
  await opened.sql('DELETE FROM finished_job')
  const repeated = await far.outcomes.settle({ ...settlement, isRepeated: true })
  expect(repeated).toMatchObject({ refused: settlement.outcomes, wasRecorded: true })
})

test('a settlement whose connection is lost right after COMMIT was sent ends once, whether or not the server still did it', async () => {
  await startStation(far)
  await dispatchMany(far, 20)
  const jobs = await claimJobs(far, 'station-a')
  for (const job of jobs) {
    proxy.lateAt('COMMIT', 5)
    const { refused } = await far.outcomes.settle({
      stationId: 'station-a',
      outcomes: [completedOf(job)],
      logs: [],
      metrics: () => [],
    })
    expect(refused).toEqual([])
  }
  await vi.waitFor(() => expect(proxy.lates).toBe(20), 20_000)
  expect(await opened.sql('SELECT count(*) AS count, count(DISTINCT id) AS ids FROM finished_job')).toEqual([
    { count: 20, ids: 20 },
  ])
  expect(await opened.store.metrics.tallies()).toEqual(await opened.store.metrics.recount())
})

test('a dispatch whose connection is lost right after it was sent is settled by its receipt: resolved, and there once', async () => {
  const ids: number[] = []
  for (let n = 0; n < 20; n++) {
    proxy.lateAt('insert_block', 5)
    ids.push(...(await far.dispatch.insertJobs({ token: randomUUID(), jobs: [newJob(), newJob(), newJob()] })))
  }
  await vi.waitFor(() => expect(proxy.lates).toBe(20), 20_000)
  expect(await opened.sql('SELECT id FROM job ORDER BY id')).toEqual(ids.map((id) => ({ id })))
})

test('a connection lost before the commit is repeated as if nothing had been', async () => {
  await startStation(far)
  await dispatchMany(far, 2)
  const jobs = await claimJobs(far, 'station-a')
  proxy.cutAt('BEGIN')
  const { refused } = await far.outcomes.settle({
    stationId: 'station-a',
    outcomes: jobs.map((job) => completedOf(job)),
    logs: [],
    metrics: () => [],
  })
  expect(proxy.cuts).toBe(1)
  expect(refused).toEqual([])
  expect(await opened.sql('SELECT count(*) AS count FROM finished_job')).toEqual([{ count: 2 }])
})

test('a killed backend is survived by the next statement', async () => {
  await dispatchMany(far, 1)
  const killer = new pg.Client({ connectionString: address })
  await killer.connect()
  const { rowCount } = await killer.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [farName],
  )
  await killer.end()
  expect(rowCount).toBeGreaterThan(0)
  expect(await dispatchMany(far, 3)).toHaveLength(3)
})

test('a server that stays away is reported as unreachable once the bound is over', async () => {
  const [row] = await opened.sql('SELECT current_schema() AS name')
  const alone = await openPostgresStore({
    address: proxy.through(address),
    schema: String(row?.name),
    listen: false,
    reconnectMs: 100,
  })
  await proxy.close()
  await expect(dispatchMany(alone, 1)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  await alone.close()
})
