import { expect } from 'vitest'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import {
  at,
  bringTo,
  claimJob,
  claimJobs,
  dispatchJobs,
  dispatchMany,
  findJob,
  reachableStates,
  settle,
  startStation,
} from './store-steps.ts'

const stationId = 'station-a'

const cases: StoreCases = {
  'the longest running come first, of the queues that are named': async (opened) => {
    const { store } = opened
    await startStation(store)
    const ids: number[] = []
    for (const queue of ['a', 'b', 'a', 'c']) {
      ids.push(...(await dispatchJobs(store, { queue })))
      await claimJobs(store, stationId, 1)
      await opened.advance(1_000)
    }
    await dispatchMany(store, 3, { queue: 'a' })
    const idsOf = async (limit: number, queues?: readonly string[]) =>
      (await store.pages.longestRunning(limit, queues)).map(({ id }) => id)
    expect(await idsOf(10)).toEqual(ids)
    expect(await idsOf(2)).toEqual(ids.slice(0, 2))
    expect(await idsOf(10, ['a', 'c'])).toEqual([ids[0], ids[2], ids[3]])
    expect(await idsOf(10, [])).toEqual([])
    const [first] = await store.pages.longestRunning(1)
    expect(await findJob(store, Number(ids[0]))).toMatchObject({ ...first })
  },

  'each station is told with what it holds': async ({ store }) => {
    await startStation(store)
    await startStation(store, { id: 'station-b' })
    await startStation(store, { id: 'station-c' })
    expect(await store.pages.held()).toEqual([])
    await dispatchMany(store, 8)
    await claimJobs(store, stationId, 3)
    await claimJobs(store, 'station-b', 2)
    const held = (await store.pages.held()).map((entry) => `${entry.stationId} ${entry.processing}`)
    expect(held.toSorted()).toEqual(['station-a 3', 'station-b 2'])
  },

  'jobs are found by many ids in every state, newest first, and what is not there is left out': async ({ store }) => {
    await startStation(store)
    const made: number[] = []
    for (const state of reachableStates) made.push(await bringTo(store, state))
    const found = await store.pages.jobsById([...made, 999_999])
    expect(found.map(({ id }) => id)).toEqual(made.toReversed())
    for (const summary of found) expect(await findJob(store, summary.id)).toMatchObject({ ...summary })
    expect(await store.pages.jobsById([])).toEqual([])
    expect(await store.pages.jobsById(Array.from({ length: 1_000 }, (_, index) => index + 500_000))).toEqual([])
  },

  'a page of failed jobs is what the selection holds, newest first': async (opened) => {
    const { store } = opened
    const { ids, failedAt } = await failSome(opened)
    const [one, two, three, four] = ids
    const page = async (selection: object, more: object = {}) =>
      (await store.pages.failedPage({ selection, limit: 10, ...more })).jobs.map(({ id }) => id)
    expect(await page({})).toEqual([four, three, two, one])
    expect(await page({ queue: 'a' })).toEqual([three, one])
    expect(await page({ queues: ['a', 'b'], type: 'x' })).toEqual([two, one])
    expect(await page({ queues: [] })).toEqual([])
    expect(await page({ ids: [one, four, 999] })).toEqual([four, one])
    expect(await page({ fromId: two, toId: three })).toEqual([three, two])
    expect(await page({ fromId: two, toId: three }, { beforeId: three })).toEqual([two])
    expect(await page({ toId: two }, { beforeId: four })).toEqual([two, one])
    expect(await page({ failedFrom: failedAt[1], failedTo: failedAt[3] })).toEqual([three, two])
    const first = await store.pages.failedPage({ selection: {}, limit: 3 })
    expect(first).toMatchObject({ nextBeforeId: two, scanned: null })
    const last = await store.pages.failedPage({ selection: {}, limit: 3, beforeId: Number(two) })
    expect(last).toMatchObject({ jobs: [{ id: one }], nextBeforeId: null })
    expect(await findJob(store, Number(one))).toMatchObject({ ...at(last.jobs, 0) })
  },

  'failed jobs are counted up to a bound': async (opened) => {
    const { store } = opened
    const { ids, failedAt } = await failSome(opened)
    const count = (selection: object, atMost = 10) => store.pages.countFailed(selection, atMost)
    expect(await count({})).toEqual({ count: 4, isCapped: false })
    expect(await count({}, 3)).toEqual({ count: 3, isCapped: true })
    expect(await count({ queue: 'a', failedFrom: failedAt[2] })).toEqual({ count: 1, isCapped: false })
    expect(await count({ fromId: ids[1], toId: ids[2] })).toEqual({ count: 2, isCapped: false })
    expect(await count({ queues: [] })).toEqual({ count: 0, isCapped: false })
  },

  'the oldest minute that is not rolled is known': async ({ store }) => {
    await startStation(store)
    expect(await store.pages.oldestUnrolled()).toBeNull()
    const minute = Math.floor((await store.metrics.now()) / 60_000) * 60_000 - 600_000
    await dispatchMany(store, 1)
    const outcomes = [completedOf(await claimJob(store))]
    const metrics = () => [minuteRow({ minute }), minuteRow({ minute: minute + 60_000 })]
    await store.outcomes.settle({ stationId, outcomes, logs: [], metrics })
    expect(await store.pages.oldestUnrolled()).toBe(minute)
  },
}

/** Four failed jobs of queues a, b, a, b and types x, x, y, y, a second apart. */
async function failSome(opened: OpenedStore): Promise<{ ids: readonly number[]; failedAt: readonly number[] }> {
  const { store } = opened
  await startStation(store)
  const ids: number[] = []
  const failedAt: number[] = []
  for (const job of [
    { queue: 'a', type: 'x' },
    { queue: 'b', type: 'x' },
    { queue: 'a', type: 'y' },
    { queue: 'b', type: 'y' },
  ]) {
    ids.push(...(await dispatchJobs(store, job)))
    failedAt.push(await store.metrics.now())
    await settle(store, failedOf(await claimJob(store)))
    await opened.advance(1_000)
  }
  return { ids, failedAt }
}

/** What {@link PageStore} promises. */
export function pagesSuite(harness: StoreHarness): void {
  registerCases('pages', harness, cases)
}
