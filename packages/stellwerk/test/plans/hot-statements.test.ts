import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import type { ClaimedJob } from '../../src/storage/claim-store.ts'
import {
  cancelledOf,
  completedOf,
  crashedOf,
  failedOf,
  retryingOf,
  returnedOf,
  snoozedOf,
} from '../../src/storage/conformance/sample-records.ts'
import { dispatchJobs, dispatchMany, share, startStation } from '../../src/storage/conformance/store-steps.ts'
import type { Outcome } from '../../src/storage/outcome-store.ts'
import { jobsPerStep } from '../../src/storage/postgres/prune-partitions.ts'
import { figuresOf } from './explained-plan.ts'
import { expectWithin, type PlanLimits } from './plan-limits.ts'
import { planScale } from './plan-scale.ts'
import { openSeededSchema, type SeededSchema } from './seeded-schema.ts'

let seeded: SeededSchema

beforeAll(async () => {
  seeded = await openSeededSchema(inject('postgresUrl'))
  await startStation(seeded.store)
  await startStation(seeded.store, { id: 'station-b' })
}, planScale.seedingMs)

afterAll(() => seeded.close(), planScale.seedingMs)

async function check(name: string, limits: PlanLimits, work: () => Promise<unknown>): Promise<void> {
  expectWithin(name, await seeded.record(work), limits)
}

async function claim(count: number, stationId = 'station-a'): Promise<readonly ClaimedJob[]> {
  return await seeded.store.claims.claim({ stationId, shares: [share()], limit: count })
}

/** Dispatches and claims so many. @throws where fewer were won */
async function held(count: number, stationId?: string): Promise<readonly ClaimedJob[]> {
  await dispatchMany(seeded.store, count)
  const claimed = await claim(count, stationId)
  if (claimed.length !== count) throw new Error(`${claimed.length} of ${count} jobs were claimed`)
  return claimed
}

const kinds: Readonly<Record<Outcome['kind'], (job: ClaimedJob) => Outcome>> = {
  completed: (job) => completedOf(job),
  retrying: (job) => retryingOf(job),
  failed: (job) => failedOf(job, { hook: true }),
  returned: (job) => returnedOf(job),
  snoozed: (job) => snoozedOf(job, 60_000),
  crashed: (job) => crashedOf(job, { counted: false }),
  cancelled: (job) => cancelledOf(job),
}

describe('beside a backlog, delayed, failed and finished jobs, each of these touches what it is about and no more', () => {
  test('a dispatch of one shape, and of several', async () => {
    const { store } = seeded
    await check('dispatch 100', { buffers: 6_000, rows: 110 }, () => dispatchMany(store, 100))
    const shapes = [{}, { priority: 1 }, { delayMs: 60_000 }]
    await check('dispatch 3 shapes', { buffers: 200, rows: 10 }, () => dispatchJobs(store, ...shapes))
  })

  test('the heads of the lanes, and a claim', async () => {
    await dispatchMany(seeded.store, 300)
    await check('lane heads', { buffers: 200, rows: 40 }, () => seeded.store.claims.laneHeads())
    await check('claim 100', { buffers: 2_500, rows: 310 }, () => claim(100))
    await check('claim from an empty lane', { buffers: 20, rows: 10 }, () =>
      seeded.store.claims.claim({ stationId: 'station-a', shares: [share({ queue: 'nobody' })], limit: 100 }),
    )
  })

  test.each(Object.keys(kinds) as Outcome['kind'][])('settling as %s', async (kind) => {
    const outcomes = (await held(20)).map(kinds[kind])
    const settlement = { stationId: 'station-a', logs: [], metrics: () => [], outcomes }
    await check(`settle 20 ${kind}`, { buffers: 800, rows: 80 }, () => seeded.store.outcomes.settle(settlement))
  })

  test('lines of running jobs, as they are written and when they outgrow their bound', async () => {
    const lines = (await held(20)).map(({ id, claimSeq }) => ({
      ...{ jobId: id, claimSeq, attempt: 1, chunk: 0, lines: '{}', dropBelowChunk: 0 },
    }))
    const { outcomes } = seeded.store
    await check('write 20 chunks', { buffers: 200, rows: 10 }, () => outcomes.recordLive(lines, []))
    const outgrown = lines.map((line) => ({ ...line, chunk: 1, dropBelowChunk: 1 }))
    await check('write 20 chunks and drop 20', { buffers: 2_000, rows: 100 }, () => outcomes.recordLive(outgrown, []))
  })

  test('a day of attempts is gone through by job, whatever is kept beside it', async () => {
    const { retention } = seeded.store
    const monthly = { kind: 'finished', olderThanMs: 28 * 86_400_000 } as const
    for (let steps = 0; steps < 100; steps += 1) {
      const executed = await seeded.record(() => retention.prune(monthly, 1_000))
      const walk = executed.filter(({ text }) => text.includes('WITH step AS'))
      // Of each job its attempts, and the row that keeps it.
      if (figuresOf(walk).rowsScanned > 0)
        return expectWithin('a step through a day', walk, { buffers: 20_000, rows: 2 * jobsPerStep })
    }
    throw new Error('no day of attempts was gone through')
  })

  test('promotion', async () => {
    await dispatchMany(seeded.store, 200, { delayMs: 1 })
    await check('promote 100', { buffers: 4_000, rows: 320 }, () => seeded.store.claims.promoteDue(100))
    await seeded.store.claims.promoteDue(1_000)
    // The first look steps over the entries of those 200, twice, and where they lie on pages of their own each costs two buffers; it marks them as gone.
    await check('promote, none due any more', { buffers: 1_000, rows: 10 }, () => seeded.store.claims.promoteDue(100))
    await check('promote, none due', { buffers: 40, rows: 10 }, () => seeded.store.claims.promoteDue(100))
  })

  test('a rescue, a look for the dead, and giving back what an answer was lost of', async () => {
    const { store } = seeded
    await held(100, 'station-b')
    await check('lapsed stations', { buffers: 50, rows: 200 }, () => store.stations.lapsed(60_000))
    await check('release 100', { buffers: 5_000, rows: 800 }, () => store.claims.releaseOthers('station-b', []))
    await held(100, 'station-b')
    await check('rescue 100', { buffers: 5_000, rows: 800 }, () => store.stations.retire('station-b'))
  })

  test('what stations do all the time: leases, counters, hooks, receipts, metrics', async () => {
    const { store } = seeded
    await check('renew', { buffers: 20, rows: 10 }, () => store.stations.renew('station-a', 10_000))
    await check('fold tallies', { buffers: 2_000, rows: 500 }, () => store.metrics.foldTallies())
    await check('fold nothing', { buffers: 60, rows: 20 }, () => store.metrics.foldTallies())
    await check('take hooks', { buffers: 500, rows: 100 }, () => store.failedJobs.takeHooks(['send'], 10, 'station-a'))
    await check('sweep receipts', { buffers: 200, rows: 100 }, () => store.dispatch.sweepReceipts(0, 100))
    await check('roll minutes', { buffers: 2_000, rows: 2_000 }, () => store.rollup.rollMinutes(100))
    await check('roll hours', { buffers: 2_000, rows: 2_000 }, () => store.rollup.rollHours(100))
    const expired = { kind: 'failed', olderThanMs: 20 * 86_400_000 } as const
    await check('prune 100 failed', { buffers: 3_000, rows: 500 }, () => store.retention.prune(expired, 100))
  })
})
