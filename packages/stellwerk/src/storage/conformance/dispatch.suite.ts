import { expect } from 'vitest'
import { hostileTexts } from './hostile-texts.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, newJob, retryingOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  at,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  dispatchMany,
  findJob,
  settle,
  startStation,
  stateOf,
} from './store-steps.ts'

const ids: StoreCases = {
  'ids come back in input order, rising, whatever the lanes': async ({ store }) => {
    const mixed = Array.from({ length: 200 }, (_, index) => ({
      type: `type-${index % 7}`,
      queue: `queue-${index % 3}`,
      priority: (index * 37) % 21,
      delayMs: index % 5 === 0 ? 1_000 : 0,
      payload: `{"index":${index}}`,
    }))
    const got = await dispatchJobs(store, ...mixed)
    expect(got).toEqual(got.toSorted((one, other) => one - other))
    expect(new Set(got).size).toBe(200)
    for (const index of [0, 1, 99, 199]) {
      expect((await findJob(store, at(got, index))).payload).toBe(`{"index":${index}}`)
    }
  },

  'an id is never given twice, not even after every table was emptied': async (opened) => {
    const { store } = opened
    const first = await dispatchMany(store, 3)
    for (const id of first) expect(await store.jobs.forget(id)).toEqual({ changed: true })
    const next = await dispatchJob(store)
    expect(next).toBeGreaterThan(Math.max(...first))
  },

  'ids beyond 2^31 and up to 2^53 - 1 live a whole life': async (opened) => {
    const { store } = opened
    await startStation(store)
    for (const start of [2 ** 31 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER - 3]) {
      await opened.startIdsAt(start)
      const got = await dispatchMany(store, 2)
      expect(got).toEqual([start, start + 1])
      const claimed = await claimJobs(store, 'station-a')
      expect(claimed.map(({ id }) => id)).toEqual(got)
      await settle(store, completedOf(at(claimed, 0)), failedOf(at(claimed, 1)))
      expect(await stateOf(store, start)).toBe('completed')
      expect(await store.jobs.retry(start)).toEqual({ changed: true })
      const selection = { ids: [start + 1] }
      expect(await store.failedJobs.retryNext(selection, { afterId: 0, limit: 10 })).toMatchObject({ changed: 1 })
      await store.outcomes.recordLive([], [{ jobId: start, claimSeq: 1, progress: 1, note: null }])
      for (const id of got) expect(await store.jobs.cancel(id)).toEqual({ changed: true })
    }
    const page = await store.jobs.list({ limit: 2 })
    expect(page.jobs.map(({ id }) => id)).toEqual([Number.MAX_SAFE_INTEGER - 2, Number.MAX_SAFE_INTEGER - 3])
  },

  'every field of a job is kept': async ({ store }) => {
    const now = await store.metrics.now()
    const id = await dispatchJob(store, {
      type: 'report',
      typeVersion: 7,
      queue: 'slow',
      priority: -100,
      weight: 9,
      payload: '[1,2.5,{"a":null}]',
      options: '{"tries":9}',
      runAt: now + 5_000,
      delayMs: 1,
      tries: 9,
      maxCrashes: 1,
      parentId: 12,
      runId: 'run-1',
    })
    expect(await findJob(store, id)).toMatchObject({
      id,
      type: 'report',
      typeVersion: 7,
      queue: 'slow',
      state: 'scheduled',
      priority: -100,
      weight: 9,
      payload: '[1,2.5,{"a":null}]',
      options: '{"tries":9}',
      createdAt: now,
      runAt: now + 5_000,
      tries: 9,
      attempt: 0,
      failures: 0,
      crashes: 0,
      claimSeq: 0,
      solo: false,
      parentId: 12,
      runId: 'run-1',
      batchId: null,
      claimedAt: null,
      startedAt: null,
      finishedAt: null,
      stationId: null,
      result: null,
      progress: null,
      failureKind: null,
    })
  },
}

const groups: StoreCases = {
  'a group of none is accepted and leaves no job': async ({ store }) => {
    expect(await dispatchJobs(store)).toEqual([])
    expect(await store.metrics.recount()).toEqual([])
  },

  'a group of five thousand is one whole': async ({ store }) => {
    const got = await dispatchMany(store, 5_000)
    expect(new Set(got).size).toBe(5_000)
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'pending', count: 5_000 }])
  },

  'the same token again returns the same ids and inserts nothing': async (opened) => {
    const { store } = opened
    const group = { token: 'token-1', jobs: [newJob(), newJob({ type: 'other' })] }
    const first = await store.dispatch.insertJobs(group)
    expect(await store.dispatch.insertJobs(group)).toEqual(first)
    expect(await (await opened.openSecond()).dispatch.insertJobs(group)).toEqual(first)
    expect(await store.jobs.list({ limit: 10 })).toMatchObject({ jobs: { length: 2 } })
  },

  'the same token from two stores at once inserts once': async (opened) => {
    const second = await opened.openSecond()
    const group = { token: 'token-2', jobs: [newJob(), newJob(), newJob()] }
    const [one, other] = await Promise.all([opened.store.dispatch.insertJobs(group), second.dispatch.insertJobs(group)])
    expect(one).toEqual(other)
    expect((await opened.store.jobs.list({ limit: 10 })).jobs).toHaveLength(3)
  },

  'many groups at once from two stores are all kept, each job once': async (opened) => {
    const stores = [opened.store, await opened.openSecond()]
    const groups = Array.from({ length: 40 }, (_, index) => dispatchMany(at(stores, index % 2), 1 + (index % 3)))
    const got = (await Promise.all(groups)).flat()
    expect(new Set(got).size).toBe(got.length)
    expect(await opened.store.metrics.tallies()).toMatchObject([{ count: got.length }])
  },

  'receipts are swept by age and in bounds, after which the token is free again': async (opened) => {
    const { store } = opened
    const groups = ['one', 'two', 'three'].map((token) => ({ token, jobs: [newJob()] }))
    for (const group of groups) await store.dispatch.insertJobs(group)
    expect(await store.dispatch.sweepReceipts(60_000, 10)).toBe(0)
    await opened.advance(60_001)
    const fresh = { token: 'fresh', jobs: [newJob()] }
    const kept = await store.dispatch.insertJobs(fresh)
    expect(await store.dispatch.sweepReceipts(60_000, 2)).toBe(2)
    expect(await store.dispatch.sweepReceipts(60_000, 2)).toBe(1)
    expect(await store.dispatch.sweepReceipts(60_000, 2)).toBe(0)
    expect(await store.dispatch.insertJobs(fresh)).toEqual(kept)
    const again = await store.dispatch.insertJobs(at(groups, 0))
    expect(at(again, 0)).toBeGreaterThan(at(kept, 0))
  },
}

const due: StoreCases = {
  'a delayed job is born scheduled, one that is due is born pending': async (opened) => {
    const { store } = opened
    const now = await store.metrics.now()
    const got = await dispatchJobs(
      store,
      { delayMs: 1 },
      { delayMs: 0 },
      { runAt: now + 1 },
      { runAt: now },
      { runAt: now - 60_000 },
      { runAt: now, delayMs: 5_000 },
    )
    const jobs = await Promise.all(got.map((id) => findJob(store, id)))
    expect(jobs.map(({ state }) => state)).toEqual([
      'scheduled',
      'pending',
      'scheduled',
      'pending',
      'pending',
      'pending',
    ])
    expect(jobs.map(({ runAt }) => runAt - now)).toEqual([1, 0, 1, 0, -60_000, 0])
  },

  'a delay of a year is kept to the millisecond': async ({ store }) => {
    const now = await store.metrics.now()
    const id = await dispatchJob(store, { delayMs: 366 * 86_400_000 })
    expect((await findJob(store, id)).runAt).toBe(now + 366 * 86_400_000)
  },

  'times come from the clock of the store': async (opened) => {
    const { store } = opened
    await opened.advance(10 * 365 * 86_400_000)
    const now = await store.metrics.now()
    await startStation(store)
    const id = await dispatchJob(store)
    expect(await findJob(store, id)).toMatchObject({ createdAt: now, runAt: now })
    await opened.advance(7)
    await settle(store, completedOf(await claimJob(store)))
    expect(await findJob(store, id)).toMatchObject({ createdAt: now, claimedAt: now + 7, finishedAt: now + 7 })
  },
}

const texts: StoreCases = {
  'hostile texts survive every field byte for byte': async ({ store }) => {
    await startStation(store)
    for (const text of hostileTexts) {
      const short = text.slice(0, 200)
      const json = JSON.stringify({ [short]: text, escaped: '\u2028"\\/\b' })
      const name = short === '' ? 'empty' : short
      const id = await dispatchJob(store, { type: name, queue: name, payload: json, options: json, runId: short })
      const job = await claimJob(store)
      expect(job).toMatchObject({ id, type: name, queue: name, payload: json, options: json, runId: short })
      const failure = {
        kind: 'error',
        errorClass: name,
        message: text,
        stack: text,
        causes: [{ errorClass: name, message: text }],
      } as const
      await settle(store, retryingOf(job, { failure, delayMs: 0 }))
      await store.claims.promoteDue(10)
      const again = await claimJob(store)
      const logs = [{ jobId: id, claimSeq: again.claimSeq, attempt: 2, chunk: 0, lines: text, dropBelowChunk: 0 }]
      await store.outcomes.recordLive(logs, [{ jobId: id, claimSeq: again.claimSeq, progress: 5, note: short }])
      await settle(store, completedOf(again, { result: json }))
      expect(await findJob(store, id)).toMatchObject({
        payload: json,
        result: json,
        options: json,
        progressNote: short,
      })
      expect(await store.jobs.attempts(id)).toMatchObject([failure])
      expect(at(await store.jobs.logs(id), 0).lines).toBe(text)
      expect((await store.jobs.list({ queue: name, limit: 5 })).jobs.map((found) => found.id)).toEqual([id])
    }
  },
}

/** What {@link DispatchStore} promises. */
export function dispatchSuite(harness: StoreHarness): void {
  registerCases('dispatch', harness, { ...ids, ...groups, ...due, ...texts })
}
