import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startStation } from '../../src/storage/conformance/store-steps.ts'
import type { FailedSelection } from '../../src/storage/failed-job-store.ts'
import type { JobFilter } from '../../src/storage/job-store.ts'
import { SCAN_BOUND, SEARCH_BOUND } from '../../src/storage/sql/list-jobs.ts'
import { expectWithin, type PlanLimits } from './plan-limits.ts'
import { planScale } from './plan-scale.ts'
import { openSeededSchema, type SeededSchema } from './seeded-schema.ts'

let seeded: SeededSchema

beforeAll(async () => {
  seeded = await openSeededSchema(inject('postgresUrl'))
  await startStation(seeded.store)
}, planScale.seedingMs)

afterAll(() => seeded.close(), planScale.seedingMs)

async function check(name: string, limits: PlanLimits, work: () => Promise<unknown>): Promise<void> {
  expectWithin(name, await seeded.record(work), limits)
}

async function number(text: string): Promise<number> {
  const [row] = await seeded.sql(`SELECT ${text} AS n`)
  return Number(row?.['n'])
}

const day = 86_400_000
const byIndex: PlanLimits = { buffers: 1_000, rows: 300 }
/** To find where the newest 100,000 of a table end, and to look through them, by index pages and by rows. */
const through = (tables: number): PlanLimits => {
  return { buffers: tables * 1.2 * SCAN_BOUND, rows: tables * 2.1 * SCAN_BOUND, looksThrough: true }
}

/** Where most rows of the day in which the newest 100,000 end belong to them, that day is read whole. */
const largestDay = (): Promise<number> =>
  number(
    `(SELECT max(reltuples) FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = 'finished_job'::regclass)`,
  )
const isOfFinished = ({ states = ['completed'] }: Omit<JobFilter, 'limit'>): boolean =>
  states.some((state) => state === 'completed' || state === 'cancelled')

const indexed: readonly [name: string, filter: Omit<JobFilter, 'limit'>][] = [
  ['everything', {}],
  ['processing', { states: ['processing'] }],
  ['processing of a queue', { states: ['processing'], queue: 'rare' }],
  ['failed', { states: ['failed'] }],
  ['finished', { states: ['completed', 'cancelled'] }],
]

const lookedThrough: readonly [name: string, tables: number, filter: Omit<JobFilter, 'limit'>][] = [
  ['scheduled', 1, { states: ['scheduled'] }],
  ['pending', 1, { states: ['pending'] }],
  ['retrying', 1, { states: ['retrying'] }],
  ['pending of a rare queue', 1, { states: ['pending'], queue: 'rare' }],
  ['live of a rare type', 1, { states: ['pending', 'scheduled', 'retrying'], type: 'rare' }],
  ['failed of a rare queue', 1, { states: ['failed'], queue: 'rare' }],
  ['completed', 1, { states: ['completed'] }],
  ['cancelled', 1, { states: ['cancelled'] }],
  ['completed of a rare type', 1, { states: ['completed'], type: 'rare' }],
  ['everything of a rare queue', 3, { queue: 'rare' }],
  ['everything that was never made', 3, { createdTo: 5 }],
]

describe('beside a backlog, delayed, failed and finished jobs', () => {
  test.each(indexed)('a page of %s comes from an index, first or in the middle', async (name, filter) => {
    const { jobs } = seeded.store
    await check(name, byIndex, () => jobs.list({ ...filter, limit: 50 }))
    for (const table of ['job', 'failed_job', 'finished_job']) {
      const beforeId = Math.round(await number(`(SELECT (min(id) + max(id)) / 2 FROM ${table})`))
      await check(`${name} before ${beforeId}`, byIndex, () => jobs.list({ ...filter, limit: 50, beforeId }))
    }
  })

  test.each(lookedThrough)('a page of %s looks through the newest 100,000 at most', async (name, tables, filter) => {
    const { jobs } = seeded.store
    const limits = through(tables)
    const withADay = { ...limits, rows: limits.rows + (isOfFinished(filter) ? await largestDay() : 0) }
    await check(name, withADay, () => jobs.list({ ...filter, limit: 50 }))
    const beforeId = Math.round(await number('(SELECT (min(id) + max(id)) / 2 FROM job)'))
    await check(`${name} in the middle`, withADay, () => jobs.list({ ...filter, limit: 50, beforeId }))
  })

  test('a job is found by its id in each table, with attempts and lines', async () => {
    const { jobs } = seeded.store
    for (const table of ['job', 'failed_job', 'finished_job']) {
      const id = await number(`(SELECT max(id) FROM ${table})`)
      // Every day has a partition of its own to ask; the small ones are read whole.
      await check(`find in ${table}`, { buffers: 500, rows: 3_000 }, () => jobs.find(id))
      await check(`attempts of ${table}`, { buffers: 200, rows: 3_000 }, () => jobs.attempts(id))
      await check(`lines of ${table}`, { buffers: 100, rows: 10 }, () => jobs.logs(id))
      expect(await jobs.find(id)).toMatchObject({ id })
    }
  })

  test('what the first page shows comes from counters, index heads and the newest figures', async () => {
    const { metrics, pages, stations } = seeded.store
    const now = await metrics.now()
    await check('longest running', { buffers: 60, rows: 60 }, () => pages.longestRunning(10))
    await check('longest running of a queue', { buffers: 60, rows: 60 }, () => pages.longestRunning(10, ['rare']))
    await check('held jobs', { buffers: 60, rows: 60 }, () => pages.held())
    await check('newest failures', { buffers: 60, rows: 60 }, () => pages.failedPage({ selection: {}, limit: 5 }))
    await check('oldest minute not rolled', { buffers: 60, rows: 60 }, () => pages.oldestUnrolled())
    await check('figures of the newest minutes', { buffers: 200, rows: 200 }, () =>
      metrics.minutes({ from: now - 3 * 60_000, to: now + 60_000 }),
    )
    await check('stations', { buffers: 20, rows: 10 }, () => stations.list())
  })

  test('a page of failed jobs comes from an index, or looks through the newest 100,000 at most', async () => {
    const { pages, metrics } = seeded.store
    const now = await metrics.now()
    const middle = Math.round(await number('(SELECT (min(id) + max(id)) / 2 FROM failed_job)'))
    const page = (selection: FailedSelection) => pages.failedPage({ selection, limit: 50 })
    await check('all', byIndex, () => page({}))
    await check('of ids', byIndex, () => page({ ids: [middle, middle + 1] }))
    await check('of a range of ids', byIndex, () => page({ fromId: 1, toId: middle }))
    await check('of a rare queue', through(1), () => page({ queue: 'rare' }))
    await check('of a type', through(1), () => page({ type: 'rare' }))
    await check('of the last day', through(1), () => page({ failedFrom: now - day }))
    await check('count of the last day', through(1), () => pages.countFailed({ failedFrom: now - day }, 10_001))
    await check('count of a rare queue', through(1), () => pages.countFailed({ queue: 'rare', toId: middle }, 10_001))
  })

  test('a search for a text, and jobs by many ids', async () => {
    const { jobs, pages } = seeded.store
    const search = (types: readonly string[]) =>
      jobs.list({ match: { types, queues: [], error: 'nowhere' }, limit: 50 })
    const searched: PlanLimits = { buffers: 30_000, rows: 3 * 2.1 * SEARCH_BOUND, looksThrough: true }
    await check('an error that is nowhere', { ...searched, rows: 2.1 * SEARCH_BOUND }, () => search([]))
    await check('a rare type or an error', searched, () => search(['rare']))
    const ids = Array.from({ length: 200 }, (_, index) => index + 1)
    // Every day has a partition of its own to ask; the small ones are read whole.
    await check('jobs by id', { buffers: 20_000, rows: 25_000, looksThrough: true }, () => pages.jobsById(ids))
  })

  test('queues, their heads, and stations', async () => {
    const { metrics, stations } = seeded.store
    await check('tallies', { buffers: 60, rows: 300 }, () => metrics.tallies())
    await check('heads of queues', { buffers: 200, rows: 40 }, () => metrics.queueHeads())
    await check('stations', { buffers: 20, rows: 10 }, () => stations.list())
  })

  test('metrics of each tier read the span that is asked for', async () => {
    const { metrics, rollup } = seeded.store
    const to = await metrics.now()
    await check('an hour by minute', { buffers: 1_500, rows: 1_000 }, () =>
      metrics.minutes({ from: to - day / 24, to }),
    )
    await check('a day by hour', { buffers: 3_000, rows: 2_500 }, () =>
      rollup.tier({ tier: 'hour', from: to - day, to }),
    )
    await check('a month by day', { buffers: 3_000, rows: 2_500 }, () =>
      rollup.tier({ tier: 'day', from: to - 30 * day, to }),
    )
  })

  test('what belongs to one job or to ids that are named is changed by key', async () => {
    const { jobs, failedJobs } = seeded.store
    const id = await number(`(SELECT max(id) FROM job WHERE state = 'pending')`)
    await check('priority', { buffers: 60, rows: 10 }, () => jobs.setPriority(id, 5))
    await check('cancel', { buffers: 60, rows: 10 }, () => jobs.cancel(id))
    await check('retry', { buffers: 500, rows: 100 }, () => jobs.retry(id))
    await check('forget', { buffers: 500, rows: 100 }, () => jobs.forget(id))
    const failed = await number('(SELECT max(id) FROM failed_job)')
    const step = { afterId: 0, limit: 100 }
    await check('retry by ids', { buffers: 100, rows: 20 }, () => failedJobs.retryNext({ ids: [failed] }, step))
    await check('forget a step of a common queue', { buffers: 3_000, rows: 2_000 }, () =>
      failedJobs.forgetNext({ queue: 'emails' }, step),
    )
  })
})
