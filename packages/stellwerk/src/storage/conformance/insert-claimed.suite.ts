import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, newJob, returnedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJob, claimJobs, dispatchJob, findJob, only, settle, startStation, stateOf } from './store-steps.ts'

const stationId = 'station-a'
const group = (...jobs: Parameters<typeof newJob>[0][]) => ({
  token: randomUUID(),
  jobs: jobs.map((job) => newJob(job)),
})

const cases: StoreCases = {
  'jobs are born processing in the hands of the station, as a claim would have given them': async ({ store }) => {
    await startStation(store)
    const { ids, claimed } = await store.dispatch.insertClaimed(
      group({ weight: 3, options: '{"tries":7}' }, { weight: 3, options: '{"tries":7}' }),
      stationId,
    )
    expect(claimed?.map(({ id }) => id)).toEqual(ids)
    expect(await store.claims.laneHeads()).toEqual([])
    const born = claimed?.[0]
    if (born === undefined) throw new Error('nothing was claimed')
    expect(await findJob(store, born.id)).toMatchObject({ state: 'processing', attempt: 1, claimSeq: 1, stationId })
    await settle(store, returnedOf(born))
    const again = (await claimJobs(store, stationId)).find(({ id }) => id === born.id)
    expect(again).toEqual({ ...born, claimSeq: 2 })
    for (const job of claimed ?? []) if (job.id !== born.id) await settle(store, completedOf(job))
  },

  'what was born claimed is settled like any other claim': async ({ store }) => {
    await startStation(store)
    const { claimed } = await store.dispatch.insertClaimed(group({}), stationId)
    const job = only(claimed ?? [])
    expect((await settle(store, completedOf(job))).refused).toEqual([])
    expect(await stateOf(store, job.id)).toBe('completed')
  },

  'a station that is dead or missing gets nothing: the jobs wait, and wake who listens': async ({ store }) => {
    await startStation(store)
    await store.stations.retire(stationId)
    const listener = vi.fn()
    const end = store.wake.subscribe(listener)
    for (const id of [stationId, 'nobody']) {
      const { ids, claimed } = await store.dispatch.insertClaimed(group({}), id)
      expect(claimed).toEqual([])
      expect(await stateOf(store, only(ids))).toBe('pending')
    }
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 20_000, interval: 2 })
    end()
  },

  'a job that is due later is scheduled, not claimed': async (opened) => {
    const { store } = opened
    await startStation(store)
    const { ids, claimed } = await store.dispatch.insertClaimed(group({ delayMs: 1_000 }), stationId)
    expect(claimed).toEqual([])
    expect(await stateOf(store, only(ids))).toBe('scheduled')
  },

  'jobs of several shapes come back with their ids in input order, claimed all or none': async ({ store }) => {
    await startStation(store)
    const jobs = group({ queue: 'a', payload: '1' }, { queue: 'b', payload: '2' }, { queue: 'a', payload: '3' })
    const { ids, claimed } = await store.dispatch.insertClaimed(jobs, stationId)
    expect([0, 3]).toContain(claimed?.length)
    for (const [index, id] of ids.entries())
      expect(await findJob(store, id)).toMatchObject({ payload: String(index + 1) })
    for (const job of claimed ?? [])
      expect(await findJob(store, job.id)).toMatchObject({ queue: job.queue, payload: job.payload })
  },

  'a group that is known already inserts nothing, and does not say who holds it': async ({ store }) => {
    await startStation(store)
    const jobs = group({})
    const first = await store.dispatch.insertClaimed(jobs, stationId)
    expect(await store.dispatch.insertClaimed(jobs, stationId)).toEqual({ ids: first.ids, claimed: null })
    expect(await store.dispatch.insertJobs(jobs)).toEqual(first.ids)
    expect(await store.claims.releaseOthers(stationId, [])).toBe(1)
    expect(await claimJob(store)).toMatchObject({ id: only(first.ids), claimSeq: 2, attempt: 1 })
  },

  'a rescue takes what was born in the hands of a station that died': async (opened) => {
    const { store } = opened
    await startStation(store, { leaseMs: 1_000 })
    const { claimed } = await store.dispatch.insertClaimed(group({}), stationId)
    await opened.advance(1_001)
    await store.stations.rescue(stationId, { running: [] })
    expect((await settle(store, completedOf(only(claimed ?? [])))).refused).toHaveLength(1)
    await dispatchJob(store)
    expect(await store.claims.laneHeads()).toHaveLength(1)
  },
}

/** Registers the cases of jobs that are inserted and claimed in one. */
export function insertClaimedSuite(harness: StoreHarness): void {
  registerCases('insert and claim in one', harness, cases)
}
