import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  dispatchMany,
  findJob,
  only,
  settle,
  share,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'

const order: StoreCases = {
  'within a lane the position decides, then the id': async (opened) => {
    const { store } = opened
    await startStation(store)
    const [plain, heavy, twin] = await dispatchJobs(store, {}, { weight: 2 }, {})
    await opened.advance(1_000)
    const [late, lateHeavy] = await dispatchJobs(store, {}, { weight: 3 })
    const claimed = await claimJobs(store, stationId)
    expect(claimed.map(({ id }) => id)).toEqual([heavy, lateHeavy, plain, twin, late])
  },

  'one unit of weight is worth one second, no more and no less': async (opened) => {
    const { store } = opened
    await startStation(store)
    const plain = await dispatchJob(store)
    await opened.advance(999)
    const ahead = await dispatchJob(store, { weight: 1 })
    await opened.advance(2)
    const behind = await dispatchJob(store, { weight: 1 })
    expect((await claimJobs(store, stationId)).map(({ id }) => id)).toEqual([ahead, plain, behind])
  },

  'a negative weight moves a job back': async ({ store }) => {
    await startStation(store)
    const [back, front] = await dispatchJobs(store, { weight: -1 }, {})
    expect((await claimJobs(store, stationId)).map(({ id }) => id)).toEqual([front, back])
  },

  'lanes are served in the order of the shares, each within its limit': async ({ store }) => {
    await startStation(store)
    const low = await dispatchMany(store, 5, { type: 'low' })
    const high = await dispatchMany(store, 5, { type: 'high' })
    const shares = [
      share({ type: 'high', limit: 2 }),
      share({ type: 'none', limit: 9 }),
      share({ type: 'low', limit: 3 }),
    ]
    const claimed = await store.claims.claim({ stationId, shares, limit: 100 })
    expect(claimed.map(({ id }) => id)).toEqual([...high.slice(0, 2), ...low.slice(0, 3)])
  },

  'the limit over all shares cuts the later ones': async ({ store }) => {
    await startStation(store)
    const one = await dispatchMany(store, 5, { type: 'one' })
    const two = await dispatchMany(store, 5, { type: 'two' })
    const shares = [share({ type: 'two', limit: 4 }), share({ type: 'one', limit: 4 })]
    const claimed = await store.claims.claim({ stationId, shares, limit: 6 })
    expect(claimed.map(({ id }) => id)).toEqual([...two.slice(0, 4), ...one.slice(0, 2)])
  },

  'a lane is exact in queue, type and priority': async ({ store }) => {
    await startStation(store)
    await dispatchJobs(store, { queue: 'Mail' }, { type: 'send ' }, { priority: 1 })
    expect(await store.claims.claim({ stationId, shares: [share()], limit: 10 })).toEqual([])
    expect(await store.claims.claim({ stationId, shares: [share({ inBatch: true })], limit: 10 })).toEqual([])
  },

  'no shares, or a limit of none, claims nothing': async ({ store }) => {
    await startStation(store)
    await dispatchJob(store)
    expect(await store.claims.claim({ stationId, shares: [], limit: 10 })).toEqual([])
    expect(await store.claims.claim({ stationId, shares: [share()], limit: 0 })).toEqual([])
    expect(await store.claims.claim({ stationId, shares: [share({ limit: 0 })], limit: 10 })).toEqual([])
  },
}

const claiming: StoreCases = {
  'a claimed job carries all that a run needs': async (opened) => {
    const { store } = opened
    await startStation(store)
    const now = await store.metrics.now()
    const id = await dispatchJob(store, {
      weight: 1,
      priority: 5,
      options: '{"tries":9}',
      tries: 9,
      parentId: 3,
      runId: 'r',
    })
    await opened.advance(10)
    expect(await claimJob(store)).toEqual({
      id,
      type: 'send',
      typeVersion: 1,
      queue: 'mail',
      priority: 5,
      inBatch: false,
      payload: '{"to":1}',
      options: '{"tries":9}',
      attempt: 1,
      tries: 9,
      failures: 0,
      exceptions: 0,
      crashes: 0,
      claimSeq: 1,
      solo: false,
      createdAt: now,
      runAt: now,
      claimedAt: now + 10,
      position: now - 1_000,
      parentId: 3,
      runId: 'r',
      batchId: null,
    })
    expect(await findJob(store, id)).toMatchObject({
      state: 'processing',
      stationId,
      claimedAt: now + 10,
      attempt: 1,
      claimSeq: 1,
    })
  },

  'of jobs of several lanes that are claimed together each says its own': async (opened) => {
    const { store } = opened
    await startStation(store)
    const now = await store.metrics.now()
    const tried = await dispatchJob(store, { queue: 'a', type: 'x', priority: 3 })
    await settle(store, retryingOf(await claimJob(store), { delayMs: 5 }))
    const given = await dispatchJob(store, { queue: 'b', type: 'y', weight: 2 })
    await settle(store, returnedOf(await claimJob(store)))
    const plain = await dispatchJob(store)
    const later = await dispatchJob(store, { queue: 'a', type: 'y', delayMs: 10, typeVersion: 4, tries: 7 })
    await opened.advance(10)
    await store.claims.promoteDue(10)
    const said = (await claimJobs(store, stationId)).map(({ id, queue, type, priority, attempt, claimSeq, ...job }) => {
      const { failures, exceptions, createdAt, runAt, position, typeVersion, tries } = job
      const [past, due] = [
        [failures, exceptions],
        [createdAt - now, runAt - now, position - now],
      ]
      return { id, lane: [queue, type, priority], attempt, claimSeq, past, due, typeVersion, tries }
    })
    const once = { attempt: 1, past: [0, 0], typeVersion: 1, tries: 3 }
    expect(said.toSorted((one, other) => one.id - other.id)).toEqual([
      { ...once, id: tried, lane: ['a', 'x', 3], attempt: 2, claimSeq: 2, past: [1, 1], due: [0, 5, 5] },
      { ...once, id: given, lane: ['b', 'y', 0], claimSeq: 2, due: [0, 0, -2_000] },
      { ...once, id: plain, lane: ['mail', 'send', 0], claimSeq: 1, due: [0, 0, 0] },
      { ...once, id: later, lane: ['a', 'y', 0], claimSeq: 1, due: [0, 10, 10], typeVersion: 4, tries: 7 },
    ])
  },

  'claim_seq grows with every claim, the attempt only with those that count': async ({ store }) => {
    await startStation(store)
    await dispatchJob(store)
    const first = await claimJob(store)
    await settle(store, returnedOf(first))
    const second = await claimJob(store)
    await settle(store, snoozedOf(second, 0))
    await store.claims.promoteDue(10)
    const third = await claimJob(store)
    await settle(store, retryingOf(third, { delayMs: 0 }))
    await store.claims.promoteDue(10)
    const fourth = await claimJob(store)
    const seen = [first, second, third, fourth].map(({ claimSeq, attempt }) => [claimSeq, attempt])
    expect(seen).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
    ])
  },

  'an unknown station claims nothing, a retired one neither': async ({ store }) => {
    await dispatchMany(store, 3)
    expect(await claimJobs(store, 'nobody')).toEqual([])
    await startStation(store)
    await store.stations.retire(stationId)
    expect(await claimJobs(store, stationId)).toEqual([])
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'pending', count: 3 }])
  },

  'a station that was declared dead claims nothing; one that has only lapsed still may': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 2)
    await opened.advance(10_001)
    expect(await claimJobs(store, stationId, 1)).toHaveLength(1)
    await store.stations.rescue(stationId, { running: [] })
    expect(await claimJobs(store, stationId)).toEqual([])
  },

  'two stores that claim at once get every job once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    await startStation(store, { id: 'station-b' })
    const all = await dispatchMany(store, 600)
    const won = await Promise.all([drain(store, stationId), drain(second, 'station-b'), drain(second, stationId)])
    const got = won.flat()
    expect(got).toHaveLength(600)
    expect(new Set(got)).toEqual(new Set(all))
  },

  'a claim whose answer was lost is given back, what the station knows stays with it': async (opened) => {
    const { store } = opened
    await startStation(store)
    await startStation(store, { id: 'station-b' })
    await dispatchMany(store, 5)
    const [known, lost, ...others] = await claimJobs(store, stationId, 3)
    if (known === undefined || lost === undefined) throw new Error('nothing was claimed')
    const [foreign] = await claimJobs(store, 'station-b', 1)
    const kept = [known.id, ...others.map(({ id }) => id), Number(foreign?.id)]
    expect(await store.claims.releaseOthers(stationId, kept)).toBe(1)
    expect(await store.claims.releaseOthers(stationId, kept)).toBe(0)
    expect(await findJob(store, lost.id)).toMatchObject({ state: 'pending', attempt: 0, claimSeq: 1, stationId: null })
    expect(await stateOf(store, known.id)).toBe('processing')
    expect((await settle(store, completedOf(lost))).refused).toHaveLength(1)
    expect(await store.claims.releaseOthers(stationId, [])).toBe(2)
    expect(await stateOf(store, Number(foreign?.id))).toBe('processing')
  },

  'a claim and a cancel at once: exactly one of them wins': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    for (let round = 0; round < 20; round += 1) {
      const id = await dispatchJob(store)
      const [claimed, cancelled] = await Promise.all([
        store.claims.claim({ stationId, shares: [share()], limit: 1 }),
        second.jobs.cancel(id),
      ])
      expect(claimed.length === 1).toBe(!cancelled.changed)
      if (cancelled.changed) expect(await stateOf(store, id)).toBe('cancelled')
      else await settle(store, completedOf(only(claimed)))
    }
  },
}

async function drain(store: Parameters<typeof claimJobs>[0], id: string): Promise<number[]> {
  const got: number[] = []
  for (let empty = 0; empty < 3; ) {
    const jobs = await store.claims.claim({ stationId: id, shares: [share({ limit: 20 })], limit: 20 })
    got.push(...jobs.map((job) => job.id))
    empty = jobs.length === 0 ? empty + 1 : 0
  }
  return got
}

/** What {@link ClaimStore} promises. */
export function claimsSuite(harness: StoreHarness): void {
  registerCases('claims', harness, { ...order, ...claiming })
}
