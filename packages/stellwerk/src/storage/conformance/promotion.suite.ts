import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { retryingOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { at, claimJob, claimJobs, dispatchJob, dispatchMany, settle, startStation } from './store-steps.ts'

const stationId = 'station-a'

const cases: StoreCases = {
  'due jobs are promoted in batches, the rest is said to be due': async (opened) => {
    const { store } = opened
    await dispatchMany(store, 5, { delayMs: 100 })
    await dispatchJob(store, { delayMs: 500 })
    expect(await store.claims.promoteDue(10)).toEqual({ promoted: 0, nextDueInMs: 100 })
    await opened.advance(100)
    expect(await store.claims.promoteDue(3)).toEqual({ promoted: 3, nextDueInMs: 0 })
    expect(await store.claims.promoteDue(3)).toEqual({ promoted: 2, nextDueInMs: 400 })
    expect(await store.claims.promoteDue(3)).toEqual({ promoted: 0, nextDueInMs: 400 })
    await opened.advance(1_000)
    expect(await store.claims.promoteDue(3)).toEqual({ promoted: 1, nextDueInMs: null })
    expect(await store.claims.promoteDue(3)).toEqual({ promoted: 0, nextDueInMs: null })
  },

  'nothing to come is null, and pending jobs do not count': async ({ store }) => {
    await dispatchJob(store)
    expect(await store.claims.promoteDue(10)).toEqual({ promoted: 0, nextDueInMs: null })
  },

  'retrying and snoozed jobs come back when they are due, at the place of their run-at': async (opened) => {
    const { store } = opened
    await startStation(store)
    const [again, later] = await dispatchMany(store, 2)
    const claimed = await claimJobs(store, stationId)
    const now = await store.metrics.now()
    await settle(store, retryingOf(at(claimed, 0), { delayMs: 200 }), snoozedOf(at(claimed, 1), 300))
    await opened.advance(250)
    expect(await store.claims.promoteDue(10)).toEqual({ promoted: 1, nextDueInMs: 50 })
    expect(await claimJob(store)).toMatchObject({ id: again, runAt: now + 200, position: now + 200 })
    await opened.advance(50)
    expect(await store.claims.promoteDue(10)).toEqual({ promoted: 1, nextDueInMs: null })
    expect(await claimJob(store)).toMatchObject({ id: later, runAt: now + 300, position: now + 300 })
  },

  'two stores that promote at once promote every job once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await dispatchMany(store, 300, { delayMs: 10 })
    await opened.advance(10)
    const rounds = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? store : second).claims.promoteDue(50))
    const first = (await Promise.all(rounds)).reduce((sum, { promoted }) => sum + promoted, 0)
    const rest = (await store.claims.promoteDue(1_000)).promoted
    expect(first + rest).toBe(300)
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'pending', count: 300 }])
  },
}

/** What {@link ClaimStore.promoteDue} promises. */
export function promotionSuite(harness: StoreHarness): void {
  registerCases('promotion', harness, cases)
}
