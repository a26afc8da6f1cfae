import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { newStation } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJobs, dispatchJob, dispatchMany, only, startStation, stateOf } from './store-steps.ts'

const stationId = 'station-a'
const nobody = { running: [] }
const untouched = { declared: false, returned: 0, suspects: 0, crashed: 0, failed: 0 }

const cases: StoreCases = {
  'a registered station is listed as it announced itself': async (opened) => {
    const { store } = opened
    const now = await store.metrics.now()
    const made = newStation({ label: 'blue', types: ['a', 'b'], queues: ['mail', '*'], leaseMs: 4_000 })
    await store.stations.register(made)
    await opened.advance(1_000)
    const { leaseMs, ...announced } = made
    expect(await store.stations.list()).toEqual([
      { ...announced, state: 'alive', startedAt: now, aliveUntil: now + leaseMs, diedAt: null, leaseLeftMs: 3_000 },
    ])
    await opened.advance(4_000)
    expect(only(await store.stations.list())).toMatchObject({ state: 'alive', leaseLeftMs: -1_000 })
  },

  'a renewal moves the lease, a lapsed station that nobody declared dead may renew too': async (opened) => {
    const { store } = opened
    await startStation(store)
    await opened.advance(9_000)
    expect(await store.stations.renew(stationId, 10_000)).toBe(true)
    expect(only(await store.stations.list()).leaseLeftMs).toBe(10_000)
    await opened.advance(60_000)
    expect(await store.stations.renew(stationId, 500)).toBe(true)
    expect(only(await store.stations.list()).leaseLeftMs).toBe(500)
  },

  'a station that was declared dead cannot renew, nor can one that never was': async (opened) => {
    const { store } = opened
    await startStation(store)
    await opened.advance(10_001)
    expect(await store.stations.rescue(stationId, nobody)).toMatchObject({ declared: true })
    expect(await store.stations.renew(stationId, 10_000)).toBe(false)
    expect(await store.stations.renew('nobody', 10_000)).toBe(false)
    expect(only(await store.stations.list())).toMatchObject({ state: 'dead' })
  },

  'a lease holds to its last millisecond': async (opened) => {
    const { store } = opened
    await startStation(store)
    await opened.advance(10_000)
    expect(await store.stations.lapsed(0)).toEqual([])
    expect(await store.stations.rescue(stationId, nobody)).toEqual(untouched)
    await opened.advance(1)
    expect(await store.stations.lapsed(0)).toEqual([{ id: stationId, host: 'host-1' }])
    expect(await store.stations.rescue(stationId, nobody)).toMatchObject({ declared: true })
  },

  'a renewal and a rescue at once: exactly one of them wins': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    for (let round = 0; round < 15; round += 1) {
      const id = await startStation(store, { id: `station-${round}`, leaseMs: 50 })
      const job = await dispatchJob(store)
      await claimJobs(store, id)
      await opened.advance(51)
      const [renewed, rescue] = await Promise.all([store.stations.renew(id, 50), second.stations.rescue(id, nobody)])
      expect(rescue.declared).toBe(!renewed)
      expect(await stateOf(store, job)).toBe(renewed ? 'processing' : 'pending')
      await store.stations.retire(id)
      await store.jobs.forget(job)
    }
  },

  'lapsed stations, dead ones that still hold jobs, and owners without a row are named': async (opened) => {
    const { store } = opened
    await startStation(store)
    await startStation(store, { id: 'holder', host: 'host-2' })
    await startStation(store, { id: 'gone' })
    await startStation(store, { id: 'empty' })
    await dispatchMany(store, 2)
    await claimJobs(store, 'holder', 1)
    await claimJobs(store, 'gone', 1)
    await opened.sql("UPDATE station SET state = 'dead' WHERE id IN ('holder', 'empty')")
    await opened.sql("DELETE FROM station WHERE id = 'gone'")
    const byId = async () => (await store.stations.lapsed(0)).toSorted((one, other) => (one.id < other.id ? -1 : 1))
    const ownerless = [
      { id: 'gone', host: null },
      { id: 'holder', host: 'host-2' },
    ]
    expect(await byId()).toEqual(ownerless)
    await opened.advance(10_001)
    expect(await byId()).toEqual([...ownerless, { id: stationId, host: 'host-1' }])
    for (const { id } of ownerless) {
      const rescue = await store.stations.rescue(id, nobody)
      expect(rescue).toEqual({ declared: true, returned: 1, suspects: 0, crashed: 0, failed: 0 })
    }
    expect(await byId()).toEqual([{ id: stationId, host: 'host-1' }])
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'pending', count: 2 }])
  },

  'stations dead for long enough are pruned, living ones never': async (opened) => {
    const { store } = opened
    await startStation(store)
    await startStation(store, { id: 'early' })
    await store.stations.retire('early')
    await opened.advance(60_000)
    await startStation(store, { id: 'late' })
    await store.stations.retire('late')
    const diedAt = new Map((await store.stations.list()).map((station) => [station.id, station.diedAt]))
    const now = await store.metrics.now()
    expect([...diedAt].toSorted()).toEqual([
      ['early', now - 60_000],
      ['late', now],
      [stationId, null],
    ])
    expect(await store.stations.prune(60_000)).toBe(0)
    await opened.advance(1)
    expect(await store.stations.prune(60_000)).toBe(1)
    expect((await store.stations.list()).map(({ id }) => id).toSorted()).toEqual(['late', stationId])
  },
}

/** What {@link StationStore} promises. */
export function stationsSuite(harness: StoreHarness): void {
  registerCases('stations', harness, cases)
}
