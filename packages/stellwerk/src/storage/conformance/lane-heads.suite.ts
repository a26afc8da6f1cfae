import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJob, dispatchJob, dispatchJobs, startStation } from './store-steps.ts'

const cases: StoreCases = {
  'one for each lane with a pending job, at its first position': async ({ store }) => {
    const now = await store.metrics.now()
    await dispatchJobs(
      store,
      { queue: 'a', type: 'x', weight: 1 },
      { queue: 'a', type: 'x', weight: 3 },
      { queue: 'a', type: 'y' },
      { queue: 'b', type: 'x' },
      { queue: 'a', type: 'x', priority: 100 },
      { queue: 'a', type: 'x', priority: -100 },
      { queue: 'later', delayMs: 1 },
    )
    const found = (await store.claims.laneHeads()).map(({ key: _, ...head }) => head)
    expect(found).toHaveLength(5)
    expect(found).toEqual(
      expect.arrayContaining([
        { queue: 'a', type: 'x', inBatch: false, priority: 0, position: now - 3_000 },
        { queue: 'a', type: 'y', inBatch: false, priority: 0, position: now },
        { queue: 'b', type: 'x', inBatch: false, priority: 0, position: now },
        { queue: 'a', type: 'x', inBatch: false, priority: 100, position: now },
        { queue: 'a', type: 'x', inBatch: false, priority: -100, position: now },
      ]),
    )
  },

  'those of an empty store are none, and of a claimed lane none': async ({ store }) => {
    expect(await store.claims.laneHeads()).toEqual([])
    await startStation(store)
    await dispatchJob(store)
    await claimJob(store)
    expect(await store.claims.laneHeads()).toEqual([])
  },

  'two hundred lanes show two hundred heads': async ({ store }) => {
    await dispatchJobs(
      store,
      ...Array.from({ length: 400 }, (_, index) => ({ queue: `q${index % 10}`, type: `t${(index % 200) / 10}` })),
    )
    expect(await store.claims.laneHeads()).toHaveLength(200)
  },
}

/** What a station sees of the lanes. */
export function laneHeadsSuite(harness: StoreHarness): void {
  registerCases('lane heads', harness, cases)
}
