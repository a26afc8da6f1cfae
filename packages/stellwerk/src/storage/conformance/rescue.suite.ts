import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import { retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import {
  at,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchMany,
  findJob,
  only,
  settle,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'
const nobody = { running: [] }
const untouched = { declared: false, returned: 0, suspects: 0, crashed: 0, failed: 0 }

/** Registers `station-a`, gives it `count` jobs, and lets its lease run out. */
async function lapsedWith(opened: OpenedStore, count: number, maxCrashes = 3) {
  await startStation(opened.store)
  await dispatchMany(opened.store, count, { maxCrashes })
  const jobs = await claimJobs(opened.store, stationId)
  await opened.advance(10_001)
  return jobs
}

const cases: StoreCases = {
  'a renewed station is not touched, evidence or not': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 2)
    await store.stations.renew(stationId, 10_000)
    expect(await store.stations.rescue(stationId, { running: [at(jobs, 0)] })).toEqual(untouched)
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'processing', count: 2 }])
    expect(only(await store.stations.list())).toMatchObject({ state: 'alive' })
  },

  'a rescuer that is no longer sure when its turn comes touches nothing': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 2)
    expect(await store.stations.rescue(stationId, { running: [at(jobs, 0)] }, { isSure: () => false })).toEqual(
      untouched,
    )
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'processing', count: 2 }])
    expect(only(await store.stations.list())).toMatchObject({ state: 'alive' })
    expect(await store.stations.rescue(stationId, nobody, { isSure: () => true })).toMatchObject({
      declared: true,
      returned: 2,
    })
  },

  'without evidence all go back to their place, attempt and budgets restored': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 3)
    const result = await store.stations.rescue(stationId, nobody)
    expect(result).toEqual({ declared: true, returned: 3, suspects: 0, crashed: 0, failed: 0 })
    for (const { id, runAt } of jobs) {
      expect(await findJob(store, id)).toMatchObject({
        state: 'pending',
        attempt: 0,
        failures: 0,
        crashes: 0,
        claimSeq: 1,
        solo: false,
        runAt,
        stationId: null,
        claimedAt: null,
      })
      expect(await store.jobs.attempts(id)).toEqual([])
    }
  },

  'a rescue that is repeated finds nothing more': async (opened) => {
    await lapsedWith(opened, 2)
    await opened.store.stations.rescue(stationId, nobody)
    expect(await opened.store.stations.rescue(stationId, nobody)).toMatchObject({ returned: 0, crashed: 0, failed: 0 })
  },

  'two rescuers at once move every job once': async (opened) => {
    const second = await opened.openSecond()
    await lapsedWith(opened, 50)
    const results = await Promise.all([
      opened.store.stations.rescue(stationId, nobody),
      second.stations.rescue(stationId, nobody),
    ])
    expect(results.reduce((sum, { returned }) => sum + returned, 0)).toBe(50)
  },

  'the one job that ran is a crash: the attempt counts, the others go free': async (opened) => {
    const { store } = opened
    const [ran, ...waited] = await lapsedWith(opened, 3)
    if (ran === undefined) throw new Error('nothing was claimed')
    const result = await store.stations.rescue(stationId, { running: [{ id: ran.id, claimSeq: ran.claimSeq }] })
    expect(result).toEqual({ declared: true, returned: 2, suspects: 0, crashed: 1, failed: 0 })
    expect(await findJob(store, ran.id)).toMatchObject({
      state: 'pending',
      attempt: 1,
      crashes: 1,
      failures: 0,
      claimSeq: 1,
    })
    const attempt = only(await store.jobs.attempts(ran.id))
    expect(attempt).toMatchObject({
      attempt: 1,
      claimSeq: 1,
      kind: 'crash',
      errorClass: 'WorkerCrash',
      host: 'host-1',
      stationId,
    })
    for (const { id } of waited) expect(await findJob(store, id)).toMatchObject({ attempt: 0, crashes: 0, solo: false })
  },

  'of several that ran, each is a suspect that runs alone next, and none has lost anything': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 4)
    const result = await store.stations.rescue(stationId, { running: jobs.slice(0, 3) })
    expect(result).toEqual({ declared: true, returned: 4, suspects: 3, crashed: 0, failed: 0 })
    const found = await Promise.all(jobs.map(({ id }) => findJob(store, id)))
    expect(found.map(({ solo }) => solo)).toEqual([true, true, true, false])
    expect(found.map(({ attempt, crashes }) => attempt + crashes)).toEqual([0, 0, 0, 0])
    await startStation(store, { id: 'station-b' })
    expect((await claimJobs(store, 'station-b')).map(({ solo }) => solo)).toEqual([true, true, true, false])
    await store.stations.retire('station-b')
    expect((await findJob(store, at(jobs, 0).id)).solo).toBe(true)
  },

  'a suspect that ended by itself is free of suspicion': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 3)
    await store.stations.rescue(stationId, { running: jobs })
    await startStation(store, { id: 'station-b' })
    const [again, later, back] = await claimJobs(store, 'station-b')
    if (again === undefined || later === undefined || back === undefined) throw new Error('not all were claimed')
    await settle(store, retryingOf(again), snoozedOf(later, 10), returnedOf(back))
    const found = await Promise.all([again, later, back].map(({ id }) => findJob(store, id)))
    expect(found.map(({ solo }) => solo)).toEqual([false, false, true])
  },

  'evidence about another claim, another station or no job is worth nothing': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 1)
    const [{ id, claimSeq }] = [only(jobs)]
    await startStation(store, { id: 'station-b' })
    await dispatchJob(store, { type: 'other' })
    const foreign = only(await claimJobs(store, 'station-b'))
    const stale = [
      { id, claimSeq: claimSeq + 1 },
      { id: id + 1_000, claimSeq: 1 },
      { id: foreign.id, claimSeq: 1 },
    ]
    for (const evidence of stale) {
      expect(await store.stations.rescue(stationId, { running: [evidence] })).toMatchObject({ crashed: 0, suspects: 0 })
    }
    expect(await findJob(store, id)).toMatchObject({ state: 'pending', crashes: 0, attempt: 0, solo: false })
    expect(await stateOf(store, foreign.id)).toBe('processing')
  },

  'beside a handler that outlived its claim a job has not run alone: a suspect, no crash': async (opened) => {
    const { store } = opened
    const jobs = await lapsedWith(opened, 2)
    await settle(store, retryingOf(at(jobs, 1), { delayMs: 60_000 }))
    const result = await store.stations.rescue(stationId, { running: jobs })
    expect(result).toEqual({ declared: true, returned: 1, suspects: 1, crashed: 0, failed: 0 })
    expect(await findJob(store, at(jobs, 0).id)).toMatchObject({ solo: true, crashes: 0, attempt: 0 })
    expect(await findJob(store, at(jobs, 1).id)).toMatchObject({
      state: 'retrying',
      solo: false,
      crashes: 0,
      attempt: 1,
    })
  },

  'the last crash of the budget fails the job for good, with its hook due': async (opened) => {
    const { store } = opened
    const id = await dispatchJob(store, { maxCrashes: 2 })
    const results: unknown[] = []
    for (const name of ['first', 'second']) {
      await startStation(store, { id: name })
      const job = await claimJob(store, name)
      await opened.advance(10_001)
      const { crashed, failed } = await store.stations.rescue(name, { running: [job] })
      results.push([crashed, failed])
    }
    expect(results).toEqual([
      [1, 0],
      [0, 1],
    ])
    const now = await store.metrics.now()
    const job = await findJob(store, id)
    expect(job).toMatchObject({
      state: 'failed',
      crashes: 2,
      failures: 0,
      attempt: 2,
      claimSeq: 2,
      failureKind: 'crash',
      errorClass: 'WorkerCrash',
      finishedAt: now,
    })
    expect(job.errorMessage).toMatch(/2/)
    expect((await store.jobs.attempts(id)).map(({ kind, claimSeq }) => [kind, claimSeq])).toEqual([
      ['crash', 1],
      ['crash', 2],
    ])
    expect(await store.failedJobs.takeHooks(['send'], 10, 'station-a')).toMatchObject([
      { id, payload: '{"to":1}', failure: { kind: 'crash', errorClass: 'WorkerCrash' } },
    ])
  },

  'a budget of one crash fails at the first': async (opened) => {
    const jobs = await lapsedWith(opened, 1, 1)
    expect(await opened.store.stations.rescue(stationId, { running: jobs })).toMatchObject({ crashed: 0, failed: 1 })
    expect(await findJob(opened.store, only(jobs).id)).toMatchObject({ state: 'failed', crashes: 1 })
  },

  'a retry of a crashed job gives a fresh crash budget': async (opened) => {
    const { store } = opened
    const { id } = only(await lapsedWith(opened, 1, 1))
    await store.stations.rescue(stationId, { running: [{ id, claimSeq: 1 }] })
    expect(await store.jobs.retry(id)).toEqual({ changed: true })
    expect(await findJob(store, id)).toMatchObject({
      state: 'pending',
      crashes: 0,
      solo: false,
      attempt: 1,
      claimSeq: 1,
    })
  },

  'retiring gives back what is held, ends the lease, and may be repeated': async ({ store }) => {
    await startStation(store)
    const [id] = await dispatchMany(store, 2)
    const [first] = await claimJobs(store, stationId, 1)
    if (first === undefined || id === undefined) throw new Error('nothing was claimed')
    await settle(store, retryingOf(first, { delayMs: 0 }))
    await store.claims.promoteDue(10)
    await claimJobs(store, stationId)
    await store.stations.retire(stationId)
    await store.stations.retire(stationId)
    await store.stations.retire('nobody')
    expect(await store.stations.renew(stationId, 10_000)).toBe(false)
    expect(await findJob(store, id)).toMatchObject({
      state: 'pending',
      attempt: 1,
      failures: 1,
      claimSeq: 2,
      stationId: null,
    })
    expect(only(await store.stations.list())).toMatchObject({ state: 'dead' })
    expect(await store.stations.lapsed(0)).toEqual([])
  },
}

/** What {@link StationStore.rescue} and {@link StationStore.retire} promise. */
export function rescueSuite(harness: StoreHarness): void {
  registerCases('rescue', harness, cases)
}
