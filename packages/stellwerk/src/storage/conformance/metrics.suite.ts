import { expect } from 'vitest'
import type { Store } from '../store.ts'
import { inOrder } from './invariants.ts'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  at,
  bringTo,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  dispatchMany,
  reachableStates,
  settle,
  startStation,
} from './store-steps.ts'

const stationId = 'station-a'

const counters: StoreCases = {
  'an empty store has no tallies': async ({ store }) => {
    expect(await store.metrics.tallies()).toEqual([])
    expect(await store.metrics.recount()).toEqual([])
    expect(await store.metrics.queueHeads()).toEqual([])
  },

  'tallies count each state of each queue and type, without zeros': async ({ store }) => {
    await startStation(store)
    for (const state of reachableStates) await bringTo(store, state)
    await dispatchJobs(store, { queue: 'a' }, { queue: 'a' }, { queue: 'a', delayMs: 5 })
    const states = reachableStates.map((state) => ({ queue: 'mail', type: `to-${state}`, state, count: 1 }))
    const queueA = [
      { queue: 'a', type: 'send', state: 'pending' as const, count: 2 },
      { queue: 'a', type: 'send', state: 'scheduled' as const, count: 1 },
    ]
    expect(inOrder(await store.metrics.tallies())).toEqual(inOrder([...states, ...queueA]))
  },

  'folding changes no figure, may be repeated and may run beside writers': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    const writing = (async () => {
      for (let round = 0; round < 20; round += 1) {
        await dispatchMany(store, 5)
        const claimed = await claimJobs(store, stationId, 4)
        await settle(store, ...claimed.map((job) => completedOf(job)))
      }
    })()
    for (let round = 0; round < 10; round += 1) {
      await second.metrics.foldTallies()
      const shown = await second.metrics.tallies()
      expect(shown.every(({ count }) => count > 0)).toBe(true)
    }
    await writing
    await Promise.all([store.metrics.foldTallies(), second.metrics.foldTallies()])
    expect(await store.metrics.foldTallies()).toBe(0)
    expect(inOrder(await store.metrics.tallies())).toEqual([
      { queue: 'mail', type: 'send', state: 'completed', count: 80 },
      { queue: 'mail', type: 'send', state: 'pending', count: 20 },
    ])
  },

  'maintenance changes no figure, beside writers and by several at once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([dispatchMany(store, 5), store.maintain(), second.maintain()])
      await settle(store, completedOf(await claimJob(store)))
    }
    await Promise.all([store.maintain(), second.maintain()])
    expect(inOrder(await second.metrics.tallies())).toEqual([
      { queue: 'mail', type: 'send', state: 'completed', count: 10 },
      { queue: 'mail', type: 'send', state: 'pending', count: 40 },
    ])
  },

  'a zero that was folded is not shown': async ({ store }) => {
    await startStation(store)
    await dispatchJob(store)
    await store.metrics.foldTallies()
    await claimJob(store)
    await store.metrics.foldTallies()
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'processing', count: 1 }])
  },

  'after a random history the tallies equal the recount': async (opened) => {
    const { store } = opened
    const random = numbersFrom(20_260)
    await startStation(store)
    for (let round = 0; round < 60; round += 1) await randomStep(store, random)
    expect(inOrder(await store.metrics.tallies())).toEqual(inOrder(await store.metrics.recount()))
    await store.metrics.foldTallies()
    await opened.advance(60_000)
    await store.stations.rescue(stationId, { running: [] })
  },
}

/** A small generator (Park and Miller's minimal standard): the same history every time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

async function randomStep(store: Store, random: (below: number) => number): Promise<void> {
  await dispatchMany(store, random(6), { queue: `q${random(3)}`, priority: random(3), delayMs: random(2) })
  await store.claims.promoteDue(random(5))
  const claimed = await claimJobs(store, stationId, random(8))
  const outcomes = claimed
    .slice(random(3))
    .map((job) =>
      at(
        [completedOf(job), retryingOf(job, { delayMs: 0 }), failedOf(job), returnedOf(job), snoozedOf(job, 0)],
        random(5),
      ),
    )
  await settle(store, ...outcomes)
  const id = 1 + random(100)
  await at([store.jobs.cancel, store.jobs.retry, store.jobs.forget], random(3)).call(store.jobs, id)
  if (random(4) === 0) await store.failedJobs.retryNext({ queue: 'q1' }, { afterId: 0, limit: 3 })
  if (random(3) === 0) await store.metrics.foldTallies()
}

const figures: StoreCases = {
  'minutes are chosen from inclusive to exclusive, by queue and type': async ({ store }) => {
    await startStation(store)
    const minute = (index: number) => 1_800_000_000_000 + index * 60_000
    const rows = [
      minuteRow({ minute: minute(0) }),
      minuteRow({ minute: minute(1), queue: 'slow' }),
      minuteRow({ minute: minute(1), type: 'other' }),
      minuteRow({ minute: minute(2) }),
    ]
    await dispatchJob(store)
    const outcomes = [completedOf(await claimJob(store))]
    await store.outcomes.settle({ stationId, outcomes, logs: [], metrics: () => rows })
    const count = async (filter: object, from = 0, to = 3) =>
      (await store.metrics.minutes({ from: minute(from), to: minute(to), ...filter })).length
    expect(await count({})).toBe(4)
    expect(await count({}, 0, 2)).toBe(3)
    expect(await count({}, 1, 2)).toBe(2)
    expect(await count({ queue: 'mail' })).toBe(3)
    expect(await count({ type: 'other' })).toBe(1)
    expect(await count({ queue: 'slow', type: 'other' })).toBe(0)
  },

  'the head of a queue is its longest waiting pending job': async (opened) => {
    const { store } = opened
    await startStation(store)
    const now = await store.metrics.now()
    await dispatchJobs(store, { queue: 'a', runAt: now - 5_000, priority: -5 }, { queue: 'a', weight: 60, priority: 9 })
    await dispatchJobs(store, { queue: 'b' }, { queue: 'b', runAt: now - 1 }, { queue: 'c', delayMs: 50 })
    const heads = new Map((await store.metrics.queueHeads()).map(({ queue, oldestRunAt }) => [queue, oldestRunAt]))
    expect(heads.get('a')).toBe(now - 5_000)
    expect(heads.get('b')).toBe(now - 1)
    expect(heads.get('c') ?? null).toBeNull()
  },

  'now is the time of the store, for all who share it': async (opened) => {
    const second = await opened.openSecond()
    const before = await opened.store.metrics.now()
    expect(Number.isSafeInteger(before)).toBe(true)
    await opened.advance(12_345)
    expect(await opened.store.metrics.now()).toBe(before + 12_345)
    expect(await second.metrics.now()).toBe(before + 12_345)
  },
}

/** What {@link MetricStore} promises. */
export function metricsSuite(harness: StoreHarness): void {
  registerCases('metrics', harness, { ...counters, ...figures })
}
