import fc from 'fast-check'
import { expect } from 'vitest'
import { newStation } from '../../../src/storage/conformance/sample-records.ts'
import { compareJob } from './compare-store.ts'
import { commandOf, pick, stationOf } from './store-command.ts'

/** The lease of every station in fault X11. */
export const STATION_LEASE_MS = 8_000

/** A new station. */
export const register = commandOf('register', fc.constant(0), () => async (model, store) => {
  const id = `station-${model.stationsMade}`
  await store.stations.register(newStation({ id, leaseMs: STATION_LEASE_MS }))
  model.register(id, STATION_LEASE_MS)
})

/** A renewal, also of a dead station. */
export const renew = commandOf('renew', pick, (index) => async (model, store) => {
  const id = stationOf(model, index)
  expect(await store.stations.renew(id, STATION_LEASE_MS)).toBe(model.renew(id, STATION_LEASE_MS))
})

/** Who has let its lease run out. */
export const lapse = commandOf('lapsed', fc.constant(0), () => async (model, store) => {
  const lapsed = (await store.stations.lapsed(0)).map(({ id }) => id)
  expect(lapsed.toSorted()).toEqual(model.lapsed().toSorted())
})

/** A rescue, with or without evidence, in time or too early. */
export const rescue = commandOf(
  'rescue',
  fc.record({
    station: pick,
    running: fc.integer({ min: 0, max: 3 }),
    stale: fc.integer({ min: 0, max: 4 }),
    late: fc.integer({ min: 0, max: 4 }),
  }),
  ({ station, running, stale, late }) =>
    async (model, store, { opened }) => {
      const id = stationOf(model, station)
      if (late > 0) {
        await opened.advance(STATION_LEASE_MS + 1)
        model.now += STATION_LEASE_MS + 1
      }
      const held = model.heldBy(id)
      const evidence = held.slice(0, running).map((job) => ({ id: job.id, claimSeq: job.claimSeq }))
      if (stale === 0) evidence.push({ id: 999_999_999, claimSeq: 1 })
      expect(await store.stations.rescue(id, { running: evidence })).toEqual(model.rescue(id, evidence))
      for (const job of held) await compareJob(store, model, job.id)
    },
)

/** Claims whose answer was lost. */
export const releaseOthers = commandOf(
  'releaseOthers',
  fc.record({ station: pick, kept: fc.nat({ max: 4 }) }),
  ({ station, kept }) =>
    async (model, store) => {
      const id = stationOf(model, station)
      const held = model.heldBy(id).map((job) => job.id)
      const keep = held.slice(0, kept)
      expect(await store.claims.releaseOthers(id, keep)).toBe(held.length - keep.length)
      model.releaseOthers(id, keep)
      for (const each of held) await compareJob(store, model, each)
    },
)

/** A station that stops by itself. */
export const retire = commandOf('retire', pick, (index) => async (model, store) => {
  const id = stationOf(model, index)
  await store.stations.retire(id)
  model.retire(id)
})

/** Dead stations are forgotten. */
export const pruneStations = commandOf('prune', fc.constant(0), () => async (model, store, { opened }) => {
  await opened.advance(1)
  model.now += 1
  const dead = [...model.stations].filter(([, { state }]) => state === 'dead')
  expect(await store.stations.prune(0)).toBe(dead.length)
  for (const [id] of dead) model.stations.delete(id)
})
