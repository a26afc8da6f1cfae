import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, everyKindOf, failedOf, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  at,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchMany,
  findJob,
  settle,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'

const cases: StoreCases = {
  'an outcome of an older claim is refused, whatever its kind': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const stale = await claimJob(store)
    await settle(store, returnedOf(stale))
    const newest = await claimJob(store)
    for (const outcome of everyKindOf(stale)) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
      expect(await findJob(store, id)).toMatchObject({ state: 'processing', claimSeq: 2, attempt: 1, failures: 0 })
    }
    expect(await store.jobs.attempts(id)).toEqual([])
    expect((await settle(store, completedOf(newest))).refused).toEqual([])
  },

  'an outcome of a claim to come, of no job, or of a waiting job is refused': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    for (const outcome of everyKindOf({ ...job, claimSeq: 2 })) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
    }
    for (const outcome of everyKindOf({ ...job, id: id + 1_000 })) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
    }
    await settle(store, returnedOf(job))
    for (const outcome of everyKindOf(job)) expect((await settle(store, outcome)).refused).toEqual([outcome])
    expect(await stateOf(store, id)).toBe('pending')
  },

  'the same outcome twice counts once': async ({ store }) => {
    await startStation(store)
    const jobs = await dispatchMany(store, 3)
    const claimed = await claimJobs(store, stationId)
    const outcomes = [completedOf(at(claimed, 0)), failedOf(at(claimed, 1)), retryingOf(at(claimed, 2))]
    expect((await settle(store, ...outcomes)).refused).toEqual([])
    expect((await settle(store, ...outcomes)).refused).toHaveLength(3)
    expect(await findJob(store, at(jobs, 2))).toMatchObject({ state: 'retrying', failures: 1 })
    expect(await store.jobs.attempts(at(jobs, 2))).toHaveLength(1)
  },

  'of one outcome told twice in one flush one wins': async ({ store }) => {
    await startStation(store)
    await dispatchMany(store, 5)
    const claimed = await claimJobs(store, stationId)
    const once = claimed.map((job, index) => at(everyKindOf(job), index))
    let won = 0
    const result = await store.outcomes.settle({
      stationId,
      outcomes: [...once, ...once],
      logs: [],
      metrics: (runs) => {
        won = runs.length
        return []
      },
    })
    expect(result.refused).toHaveLength(5)
    expect(won).toBe(3)
  },

  'of two claims of one job in one flush the newest counts, whichever is told first': async ({ store }) => {
    await startStation(store)
    for (const isNewestFirst of [true, false]) {
      const id = await dispatchJob(store)
      const stale = await claimJob(store)
      await settle(store, returnedOf(stale))
      const [old, newest] = [completedOf(stale, { result: '1' }), completedOf(await claimJob(store), { result: '2' })]
      const { refused } = await settle(store, ...(isNewestFirst ? [newest, old] : [old, newest]))
      expect(refused).toEqual([old])
      expect(await findJob(store, id)).toMatchObject({ state: 'completed', claimSeq: 2, result: '2' })
    }
  },

  'a job that was rescued meanwhile refuses the late outcome, and again after its next claim': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store)
    const late = completedOf(await claimJob(store))
    await opened.advance(10_001)
    await store.stations.rescue(stationId, { running: [] })
    expect((await settle(store, late)).refused).toEqual([late])
    await startStation(store, { id: 'station-b' })
    const next = await claimJob(store, 'station-b')
    expect((await settle(store, late)).refused).toEqual([late])
    expect(await stateOf(store, id)).toBe('processing')
    expect((await settle(store, completedOf(next))).refused).toEqual([])
  },

  'a mixture is settled in part: the won ones whole, the stale ones named': async ({ store }) => {
    await startStation(store)
    const jobs = await dispatchMany(store, 7)
    const claimed = await claimJobs(store, stationId)
    await settle(store, returnedOf(at(claimed, 5)), completedOf(at(claimed, 6)))
    const stale = [failedOf(at(claimed, 5)), retryingOf(at(claimed, 6))]
    const { refused } = await settle(
      store,
      completedOf(at(claimed, 0)),
      at(stale, 0),
      retryingOf(at(claimed, 1)),
      failedOf(at(claimed, 2)),
      at(stale, 1),
      returnedOf(at(claimed, 3)),
      snoozedOf(at(claimed, 4), 10),
    )
    expect(refused).toHaveLength(2)
    expect(refused).toEqual(expect.arrayContaining(stale))
    const states = await Promise.all(jobs.map((id) => stateOf(store, id)))
    expect(states).toEqual(['completed', 'retrying', 'failed', 'pending', 'scheduled', 'pending', 'completed'])
  },

  'a settle and a rescue at once in two stores: each job goes one way': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    for (let round = 0; round < 5; round += 1) {
      const id = await startStation(store, { id: `station-${round}`, leaseMs: 100 })
      const jobs = await dispatchMany(store, 40)
      const claimed = await claimJobs(store, id)
      await opened.advance(101)
      const outcomes = claimed.map((job, index) => (index % 2 === 0 ? completedOf(job) : failedOf(job)))
      const [settled, rescue] = await Promise.all([
        settle(store, ...outcomes),
        second.stations.rescue(id, { running: [] }),
      ])
      expect(rescue.declared).toBe(true)
      expect(rescue.returned).toBe(settled.refused.length)
      for (const refused of settled.refused) {
        expect(await stateOf(store, refused.id)).toBe('pending')
        await store.jobs.forget(refused.id)
      }
      expect(jobs).toHaveLength(40)
    }
  },

  'two thousand outcomes are one flush': async ({ store }) => {
    await startStation(store)
    await dispatchMany(store, 2_000)
    const claimed = await claimJobs(store, stationId, 2_000)
    const { refused } = await settle(store, ...claimed.map((job, index) => at(everyKindOf(job), index % 5)))
    expect(refused).toEqual([])
    const tallies = await store.metrics.tallies()
    expect(tallies.map(({ count }) => count)).toEqual([400, 400, 400, 400, 400])
  },

  'an empty flush does nothing': async ({ store }) => {
    await startStation(store)
    expect((await settle(store)).refused).toEqual([])
  },
}

/** What {@link OutcomeStore.settle} promises about stale and repeated outcomes. */
export function fencingSuite(harness: StoreHarness): void {
  registerCases('fencing', harness, cases)
}
