import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { failedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import { at, claimJob, dispatchMany, settle, startStation } from './store-steps.ts'

const stationId = 'station-a'

/** A failed job whose hook is due, and the next taking of it. */
async function withHook(store: OpenedStore['store']) {
  await startStation(store)
  await dispatchMany(store, 1)
  const job = await claimJob(store)
  await settle(store, failedOf(job, { hook: true }))
  const take = async (by = stationId) => at(await store.failedJobs.takeHooks(['send'], 10, by), 0)
  const isDue = async () => (await store.failedJobs.takeHooks(['send'], 10, stationId)).length === 1
  return { job, take, isDue }
}

const lostHooks: StoreCases = {
  'a hook that was lost with its process is taken again, three times in all': async ({ store }) => {
    const { take, isDue } = await withHook(store)
    for (const hookRun of [1, 2, 3]) {
      const hook = await take()
      expect(hook.hookRun).toBe(hookRun)
      expect(await store.failedJobs.endHook(hook, 'lost')).toBe(hookRun < 3)
      expect(await store.failedJobs.endHook(hook, 'lost'), 'told twice').toBe(false)
    }
    expect(await isDue()).toBe(false)
    expect(await store.failedJobs.returnLostHooks()).toEqual([])
  },

  'a hook that nobody began goes back with nothing counted': async ({ store }) => {
    const { take, isDue } = await withHook(store)
    for (let round = 0; round < 5; round++) {
      const hook = await take()
      expect(hook.hookRun).toBe(1)
      expect(await store.failedJobs.endHook(hook, 'unbegun')).toBe(true)
    }
    expect(await isDue()).toBe(true)
  },

  'a hook that ran is never due again, not even once its station is gone': async ({ store }) => {
    const { take, isDue } = await withHook(store)
    expect(await store.failedJobs.endHook(await take(), 'ran')).toBe(false)
    await store.stations.retire(stationId)
    expect(await store.failedJobs.returnLostHooks()).toEqual([])
    expect(await isDue()).toBe(false)
  },

  'a hook whose station is gone is due again; one of a living station is not': async ({ store }) => {
    const { take } = await withHook(store)
    await startStation(store, { id: 'station-b' })
    const first = await take()
    expect(await store.failedJobs.returnLostHooks()).toEqual([])
    expect(await store.failedJobs.takeHooks(['send'], 10, 'station-b')).toEqual([])
    await store.stations.retire(stationId)
    expect(await store.failedJobs.returnLostHooks()).toEqual([])
    expect(await take('station-b')).toMatchObject({ hookRun: 2, stationId: 'station-b' })
    expect(await store.failedJobs.endHook(first, 'ran'), 'it was taken away').toBe(false)
    await store.stations.retire('station-b')
    await store.failedJobs.returnLostHooks()
    expect((await take('station-c')).hookRun).toBe(3)
    expect(await store.failedJobs.returnLostHooks(), 'nobody knows station-c, and it was the last time').toHaveLength(1)
    expect(await store.failedJobs.returnLostHooks()).toEqual([])
  },

  'the end of an older death says nothing of a newer one': async ({ store }) => {
    const { job, take, isDue } = await withHook(store)
    const old = await take()
    await store.jobs.retry(job.id)
    await settle(store, failedOf(await claimJob(store), { hook: true }))
    expect((await take()).hookRun, 'each death has its own tries').toBe(1)
    expect(await store.failedJobs.endHook(old, 'lost')).toBe(false)
    expect(await isDue()).toBe(false)
  },
}

/** What becomes of `failed` hooks whose process or station died in them. */
export function lostHooksSuite(harness: StoreHarness): void {
  registerCases('lost hooks', harness, lostHooks)
}
