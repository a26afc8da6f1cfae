import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seedStore } from '../../../../bench/seed/seed-store.ts'
import { openSqliteSink } from '../../../../bench/seed/sqlite-sink.ts'
import {
  completedOf,
  failedOf,
  retryingOf,
  returnedOf,
  snoozedOf,
} from '../../src/storage/conformance/sample-records.ts'
import { claimJobs, dispatchMany, share, startStation } from '../../src/storage/conformance/store-steps.ts'
import type { JobFilter } from '../../src/storage/job-store.ts'
import { hostNowMs, registerNowMs } from '../../src/storage/sqlite/now-ms.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open-sqlite-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { temporaryPath } from '../temporary-store.ts'

/** One step of a plan, with the query it belongs to. */
interface PlanStep {
  readonly text: string
  readonly query: string
  readonly detail: string
}

const big = 'job|failed_job|finished_job|finished_payload|job_attempt'
const { prepare } = DatabaseSync.prototype
let path: string
let store: Store
let prepared: Set<string>

beforeEach(async () => {
  path = temporaryPath()
  const seeding = await openSqliteStore({ path, migrate: true })
  const sink = openSqliteSink(path)
  // Only statistics decide, of which a few thousand rows give the same picture as millions.
  const size = { finished: 2_000, waiting: 2_000, delayed: 2_000, failed: 2_000, days: 30 }
  await seedStore(sink, { store: path, schema: '', seed: 1, ...size }).finally(() => sink.close())
  await seeding.close()
  store = await openSqliteStore({ path })
  prepared = new Set()
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, text: string) {
    prepared.add(text)
    return prepare.call(this, text)
  })
  await startStation(store)
})

afterEach(async () => {
  vi.restoreAllMocks()
  await store.close()
})

/** The plans of everything that was prepared since the last call, by a planner that knows the statistics. */
function plansOfPrepared(): readonly PlanStep[] {
  const planner = new DatabaseSync(path)
  registerNowMs(planner, hostNowMs)
  const texts = [...prepared].filter((text) => /^\s*(select|with|insert|update|delete)\b/i.test(text))
  if (texts.length === 0) throw new Error('nothing was prepared')
  prepared.clear()
  const steps = texts.flatMap((text) =>
    prepare
      .call(planner, `EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map((row) => ({ text, query: `${text} ${row['parent']}`, detail: String(row['detail']) })),
  )
  planner.close()
  return steps
}

const isScan = ({ detail }: PlanStep): boolean => new RegExp(`^SCAN (${big})\\b`).test(detail)
/** An index that is walked in its order, where the statement stops at a limit. */
const walksIndex = ({ detail, text }: PlanStep): boolean => / USING /.test(detail) && /\blimit\b/i.test(text)

/** The few that are processing may be put in order. */
const isOfProcessing = ({ detail }: PlanStep): boolean => / USING (COVERING )?INDEX job_holder$/.test(detail)

/** Big tables that are read from end to end, or put in order, with the statement. */
function badSteps(steps: readonly PlanStep[], isAllowed: (step: PlanStep) => boolean): readonly PlanStep[] {
  const scans = steps.filter((step) => isScan(step))
  const sorted = steps.filter(({ detail }) => detail === 'USE TEMP B-TREE FOR ORDER BY').map(({ query }) => query)
  return scans.filter((step) => sorted.includes(step.query) || !isAllowed(step))
}

describe('SQLite, beside a backlog, delayed, failed and finished jobs', () => {
  test('no hot statement reads a big table from end to end, or sorts one', async () => {
    await dispatchMany(store, 200)
    await dispatchMany(store, 20, { delayMs: 1 })
    await store.claims.laneHeads()
    const claim = { stationId: 'station-a', shares: [share()], limit: 60 }
    const claimed = await store.claims.claim(claim)
    expect(claimed).toHaveLength(60)
    const outcomes = claimed.map((job, index) => kinds[index % kinds.length]?.(job) ?? completedOf(job))
    await store.outcomes.settle({ stationId: 'station-a', logs: [], metrics: () => [], outcomes })
    await store.claims.promoteDue(100)
    await store.stations.lapsed(1_000)
    await store.claims.claim(claim)
    await store.claims.releaseOthers('station-a', [])
    await store.stations.renew('station-a', 10_000)
    await store.failedJobs.takeHooks(['send'], 10, 'station-a')
    await store.dispatch.sweepReceipts(0, 10)
    await store.metrics.foldTallies()
    await store.metrics.queueHeads()
    await store.metrics.tallies()
    await store.rollup.rollMinutes(10)
    await store.rollup.rollHours(10)
    await store.stations.retire('station-a')
    const steps = plansOfPrepared()
    expect(steps.some(({ detail }) => detail.includes('job_lane'))).toBe(true)
    expect(badSteps(steps, walksIndex)).toEqual([])
  })

  test('no list sorts a big table, and each walks it by id up to a limit', async () => {
    await dispatchMany(store, 20)
    await claimJobs(store, 'station-a', 5)
    prepared.clear()
    const { jobs, metrics, pages, rollup, stations } = store
    for (const filter of filters) {
      await jobs.list({ ...filter, limit: 50 })
      await jobs.list({ ...filter, limit: 50, beforeId: 3_000 })
    }
    for (const id of [1, 3_000, 7_000]) {
      expect(await jobs.find(id)).toMatchObject({ id })
      await jobs.attempts(id)
      await jobs.logs(id)
    }
    const to = await metrics.now()
    await metrics.minutes({ from: to - 3_600_000, to })
    for (const tier of ['hour', 'day'] as const) await rollup.tier({ tier, from: to - 86_400_000, to })
    await stations.list()
    for (const selection of [{}, { queue: 'mail' }, { ids: [1, 2] }, { fromId: 5 }, { failedFrom: to - 1_000 }]) {
      await pages.failedPage({ selection, limit: 5 })
      await pages.countFailed(selection, 100)
    }
    await pages.longestRunning(10)
    await pages.longestRunning(10, ['mail'])
    await pages.held()
    await pages.jobsById([1, 3_000, 7_000])
    await pages.oldestUnrolled()
    await jobs.list({ match: { types: ['rare'], queues: [], error: 'nowhere' }, limit: 50 })
    const walksById = ({ text }: PlanStep): boolean => /order by "?id"? desc limit/i.test(text)
    const steps = plansOfPrepared().filter((step) => !isOfProcessing(step))
    expect(badSteps(steps, (step) => walksById(step) || walksIndex(step))).toEqual([])
    expect(steps.filter(({ detail }) => /^SCAN (minute|hour|day)_metric$/.test(detail))).toEqual([])
  })

  test('a statement that reads all of them is noticed', () => {
    const database = new DatabaseSync(path)
    database.prepare(`SELECT id FROM job WHERE queue = 'rare' ORDER BY run_at LIMIT 5`)
    database.close()
    expect(badSteps(plansOfPrepared(), walksIndex)).not.toEqual([])
  })
})

const kinds = [
  completedOf,
  retryingOf,
  (job: Parameters<typeof failedOf>[0]) => failedOf(job, { hook: true }),
  returnedOf,
  (job: Parameters<typeof snoozedOf>[0]) => snoozedOf(job, 60_000),
] as const

const filters: readonly Omit<JobFilter, 'limit'>[] = [
  {},
  ...(['scheduled', 'pending', 'processing', 'retrying', 'failed', 'completed', 'cancelled'] as const).flatMap(
    (state) => [
      { states: [state] },
      { states: [state], queue: 'rare' },
      { states: [state], type: 'rare' },
      { states: [state], queue: 'emails', type: 'send-email' },
    ],
  ),
  { queue: 'rare' },
  { createdFrom: 5 },
]
