import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { DAY_MS } from '../../domain/metrics/metric-tier.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { completedOf, failedOf, retryingOf } from '../conformance/sample-records.ts'
import type { OpenedStore } from '../conformance/store-harness.ts'
import { claimJob, dispatchJob, settle, startStation } from '../conformance/store-steps.ts'
import type { LogAppend } from '../outcome-store.ts'

const stationId = 'station-a'
const day = { kind: 'payloads', olderThanMs: DAY_MS } as const
const month = { kind: 'finished', olderThanMs: 30 * DAY_MS } as const
let opened: OpenedStore

beforeEach(async () => {
  opened = await postgresHarness(inject('postgresUrl')).open()
  await startStation(opened.store, { leaseMs: 400 * DAY_MS })
})

afterEach(() => opened.close())

async function pruneAll(expiry: { readonly kind: 'payloads' | 'finished'; readonly olderThanMs: number }) {
  while (!(await opened.store.retention.prune(expiry, 1_000)).isDone);
}

async function partitionsOf(table: string): Promise<readonly string[]> {
  const rows = await opened.sql(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [table],
  )
  return rows.map(({ name }) => String(name))
}

async function countOf(table: string): Promise<number> {
  const [row] = await opened.sql(`SELECT count(*) AS n FROM ${table}`)
  return Number(row?.['n'])
}

function chunkOf(jobId: number, changes: Partial<LogAppend> = {}): LogAppend {
  return { jobId, claimSeq: 1, attempt: 1, chunk: 0, lines: `{"m":${jobId}}`, dropBelowChunk: 0, ...changes }
}

/** A completed job with lines, whose first attempt had failed. */
async function complete(): Promise<number> {
  const { store } = opened
  const id = await dispatchJob(store)
  await settle(store, retryingOf(await claimJob(store), { delayMs: 0 }))
  await store.claims.promoteDue(10)
  const outcomes = [completedOf(await claimJob(store))]
  await store.outcomes.settle({ stationId, outcomes, logs: [chunkOf(id)], metrics: () => [] })
  return id
}

test('a day of lines and attempts goes as a partition, and nothing of it row by row', async () => {
  for (let job = 0; job < 5; job += 1) await complete()
  const [lines, attempts] = [await partitionsOf('job_log_by_day'), await partitionsOf('job_attempt_by_day')]
  expect(lines).toHaveLength(8)
  expect([await countOf(String(lines[0])), await countOf(String(attempts[0]))]).toEqual([5, 5])
  expect([await countOf('job_log'), await countOf('job_attempt')]).toEqual([0, 0])
  await opened.advance(2 * DAY_MS)
  await pruneAll(day)
  expect(await partitionsOf('job_log_by_day')).toEqual(lines.slice(1))
  expect(await partitionsOf('job_attempt_by_day')).toEqual(attempts)
  await opened.advance(30 * DAY_MS)
  await pruneAll(month)
  expect(await partitionsOf('job_attempt_by_day')).not.toContain(attempts[0])
})

test('a day that is over stays until no transaction can still write to it', async () => {
  const { store } = opened
  await complete()
  const now = await store.metrics.now()
  await opened.advance(DAY_MS - (now % DAY_MS))
  await pruneAll({ kind: 'payloads', olderThanMs: 0 })
  expect(await countOf('job_log_by_day')).toBe(1)
  await opened.advance(600_000)
  await pruneAll({ kind: 'payloads', olderThanMs: 0 })
  expect(await countOf('job_log_by_day')).toBe(0)
})

test('lines and attempts of a day without partition have it made', async () => {
  const { store } = opened
  await opened.advance(20 * DAY_MS)
  const id = await dispatchJob(store)
  const job = await claimJob(store)
  await store.outcomes.recordLive([chunkOf(id)], [])
  await opened.advance(20 * DAY_MS)
  await settle(store, retryingOf(job, { delayMs: 0 }))
  expect([(await store.jobs.logs(id)).length, (await store.jobs.attempts(id)).length]).toEqual([1, 1])
})

test('a chunk that is told again after midnight is read once', async () => {
  const { store } = opened
  const id = await dispatchJob(store)
  await claimJob(store)
  await store.outcomes.recordLive([chunkOf(id)], [])
  await opened.advance(DAY_MS)
  await store.outcomes.recordLive([chunkOf(id), chunkOf(id, { chunk: 1 })], [])
  expect((await store.jobs.logs(id)).map(({ chunk }) => chunk)).toEqual([0, 1])
})

test('an attempt that has outgrown its bound drops what was moved away as well', async () => {
  const { store } = opened
  const id = await dispatchJob(store)
  await claimJob(store)
  await store.outcomes.recordLive([chunkOf(id), chunkOf(id, { chunk: 1 })], [])
  await opened.advance(3 * DAY_MS)
  await pruneAll(day)
  expect(await countOf('job_log')).toBe(2)
  await store.outcomes.recordLive([chunkOf(id, { chunk: 2, dropBelowChunk: 1 })], [])
  expect((await store.jobs.logs(id)).map(({ chunk }) => chunk)).toEqual([1, 2])
})

/** A failed job with a line of a day that is due. */
async function failLongAgo(): Promise<number> {
  const { store } = opened
  const id = await dispatchJob(store)
  const outcomes = [failedOf(await claimJob(store))]
  await store.outcomes.settle({ stationId, outcomes, logs: [chunkOf(id)], metrics: () => [] })
  await opened.advance(3 * DAY_MS)
  return id
}

/** Another session that has the turn of the history. */
async function holdTurn(kind: '' | '_shared'): Promise<pg.Client> {
  const [row] = await opened.sql('SELECT current_schema() AS name')
  const holder = new pg.Client({ connectionString: inject('postgresUrl') })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query(`SELECT pg_advisory_xact_lock${kind}(hashtextextended($1, 7359))`, [
    `stellwerk:${String(row?.['name'])}`,
  ])
  return holder
}

test('nothing is moved while somebody takes a job out of the history', async () => {
  await failLongAgo()
  // Days of payloads go before: here nothing is left of them to wait for.
  for (const name of await partitionsOf('finished_payload')) await opened.sql(`DROP TABLE ${name}`)
  const holder = await holdTurn('_shared')
  await pruneAll(day)
  expect([await countOf('job_log'), await countOf('job_log_by_day')]).toEqual([0, 1])
  await holder.end()
  await pruneAll(day)
  expect([await countOf('job_log'), await countOf('job_log_by_day')]).toEqual([1, 0])
})

test.each(['forget', 'forgetNext', 'prune'] as const)('%s waits while a day is moved', async (verb) => {
  const { jobs, failedJobs, retention } = opened.store
  const id = await failLongAgo()
  const holder = await holdTurn('')
  const verbs = {
    forget: () => jobs.forget(id),
    forgetNext: () => failedJobs.forgetNext({}, { afterId: 0, limit: 10 }),
    prune: () => retention.prune({ kind: 'failed', olderThanMs: DAY_MS }, 10),
  }
  const gone = verbs[verb]()
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  await expect.poll(async () => (await opened.sql(waiting)).length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await countOf('failed_job')).toBe(1)
  await holder.end()
  await gone
  expect([await countOf('failed_job'), await countOf('every_job_log')]).toEqual([0, 0])
})

test('jobs that are forgotten while their day goes leave nothing behind', async () => {
  const { store } = opened
  const other = await opened.openSecond()
  const ids: number[] = []
  for (let job = 0; job < 30; job += 1) {
    const id = await dispatchJob(store)
    const outcomes = [failedOf(await claimJob(store))]
    await store.outcomes.settle({ stationId, outcomes, logs: [chunkOf(id)], metrics: () => [] })
    ids.push(id)
  }
  await opened.advance(3 * DAY_MS)
  const forgetEach = async (): Promise<void> => {
    for (const id of ids.slice(0, 15)) await other.jobs.forget(id)
  }
  const forgetMany = async (): Promise<void> => {
    for (let afterId = ids[14] ?? 0, lastId: number | null = 0; lastId !== null; afterId = lastId ?? 0)
      lastId = (await other.failedJobs.forgetNext({}, { afterId, limit: 2 })).lastId
  }
  const keepPruning = async (): Promise<void> => {
    for (let pass = 0; pass < 15; pass += 1) await pruneAll(day)
  }
  await Promise.all([forgetEach(), forgetMany(), keepPruning()])
  expect(await countOf('failed_job')).toBe(0)
  expect([await countOf('every_job_log'), await countOf('every_job_attempt')]).toEqual([0, 0])
})
