import { expect } from 'vitest'
import { DAY_MS } from '../../domain/metrics/metric-tier.ts'
import type { Store } from '../store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completeWithTraces, countOf, pruneAll } from './retention-steps.ts'
import { completedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import { bringTo, claimJob, findJob, reachableStates, settle, startStation, stateOf } from './store-steps.ts'

const longLease = { leaseMs: 800 * DAY_MS }
const payloads = { kind: 'payloads', olderThanMs: DAY_MS } as const
const finished = { kind: 'finished', olderThanMs: 30 * DAY_MS } as const
const traces = ['every_job_attempt', 'every_job_log'] as const

async function openWith(opened: OpenedStore): Promise<Store> {
  await startStation(opened.store, longLease)
  return opened.store
}

/** How many lines and failed attempts of a job are there. */
async function tracesOf(store: Store, id: number): Promise<readonly [lines: number, attempts: number]> {
  return [(await store.jobs.logs(id)).length, (await store.jobs.attempts(id)).length]
}

const keeping: StoreCases = {
  'an archived job stays whole, whatever retention removes around it': async (opened) => {
    const store = await openWith(opened)
    const id = await completeWithTraces(store)
    const other = await completeWithTraces(store)
    const before = await findJob(store, id)
    const tallies = await store.metrics.tallies()
    const at = await store.metrics.now()
    expect(await store.archive.archive(id, 'ada')).toEqual({ changed: true })
    expect(await store.metrics.tallies()).toEqual(tallies)
    await opened.advance(400 * DAY_MS)
    expect(await pruneAll(store, payloads)).toBe(1)
    expect(await pruneAll(store, finished)).toBe(1)
    expect(await stateOf(store, other)).toBeNull()
    expect(await findJob(store, id)).toEqual({ ...before, archivedAt: at, archivedBy: 'ada' })
    expect(await tracesOf(store, id)).toEqual([1, 1])
  },

  'only a job that is completed or cancelled is archived, and once': async (opened) => {
    const store = await openWith(opened)
    for (const state of reachableStates) {
      const id = await bringTo(store, state)
      const isFinished = state === 'completed' || state === 'cancelled'
      expect(await store.archive.archive(id, 'ada'), state).toEqual(
        isFinished ? { changed: true } : { changed: false, state, reason: 'state' },
      )
      expect(await stateOf(store, id)).toBe(state)
      if (isFinished)
        expect(await store.archive.archive(id, 'bob')).toEqual({ changed: false, state, reason: 'archived' })
      else expect(await store.archive.release(id)).toEqual({ changed: false, state, reason: 'not_archived' })
    }
    const absent = { changed: false, state: null, reason: 'absent' }
    expect([await store.archive.archive(4_711, 'ada'), await store.archive.release(4_711)]).toEqual([absent, absent])
  },

  'of many that archive, release or forget a job at once each is told what it did': async (opened) => {
    const store = await openWith(opened)
    const second = await opened.openSecond()
    const id = await completeWithTraces(store)
    const archived = await Promise.all([store.archive.archive(id, 'ada'), second.archive.archive(id, 'bob')])
    expect(archived.filter(({ changed }) => changed)).toHaveLength(1)
    const released = await Promise.all([store.archive.release(id), second.archive.release(id)])
    expect(released.filter(({ changed }) => changed)).toHaveLength(1)
    const [, forgotten] = await Promise.all([store.archive.archive(id, 'ada'), second.jobs.forget(id)])
    expect(forgotten).toEqual({ changed: true })
    expect(await stateOf(store, id)).toBeNull()
  },

  'what retention had removed before stays away': async (opened) => {
    const store = await openWith(opened)
    const id = await completeWithTraces(store)
    await opened.advance(3 * DAY_MS)
    await pruneAll(store, payloads)
    await store.archive.archive(id, 'ada')
    expect(await findJob(store, id)).toMatchObject({ state: 'completed', payload: null, archivedBy: 'ada' })
    expect(await tracesOf(store, id)).toEqual([0, 1])
    expect(await store.jobs.retry(id)).toMatchObject({ changed: false, reason: 'payload_gone' })
    expect(await store.archive.release(id)).toEqual({ changed: true })
    expect(await findJob(store, id)).toMatchObject({ payload: null, archivedAt: null })
  },
}

const leaving: StoreCases = {
  'a job that is released in time is a finished job again, until retention removes it': async (opened) => {
    const store = await openWith(opened)
    const id = await completeWithTraces(store)
    const before = await findJob(store, id)
    await store.archive.archive(id, 'ada')
    expect(await store.archive.release(id)).toEqual({ changed: true })
    expect(await findJob(store, id)).toEqual(before)
    expect(await tracesOf(store, id)).toEqual([1, 1])
    await opened.advance(3 * DAY_MS)
    expect(await pruneAll(store, payloads)).toBe(1)
    expect(await tracesOf(store, id)).toEqual([0, 1])
    await opened.advance(40 * DAY_MS)
    expect(await pruneAll(store, finished)).toBe(1)
    for (const table of traces) expect(await countOf(opened, table), table).toBe(0)
  },

  'a payload whose time was over meanwhile goes with the release, its row with its own time': async (opened) => {
    const store = await openWith(opened)
    const [id] = [await completeWithTraces(store), await completeWithTraces(store)]
    await store.archive.archive(id, 'ada')
    await opened.advance(3 * DAY_MS)
    await pruneAll(store, payloads)
    await store.archive.release(id)
    await pruneAll(store, payloads)
    expect(await findJob(store, id)).toMatchObject({ state: 'completed', payload: null, archivedAt: null })
    expect(await tracesOf(store, id)).toEqual([0, 1])
    await opened.advance(40 * DAY_MS)
    expect(await pruneAll(store, finished)).toBe(2)
    for (const table of traces) expect(await countOf(opened, table), table).toBe(0)
  },

  'a job whose time was over meanwhile goes with the release or the next pass, and its count with it': async (
    opened,
  ) => {
    const store = await openWith(opened)
    const ids = [await completeWithTraces(store), await bringTo(store, 'cancelled')]
    for (const id of ids) await store.archive.archive(id, 'ada')
    await opened.advance(40 * DAY_MS)
    await store.maintain()
    for (const expiry of [payloads, finished]) await pruneAll(store, expiry)
    for (const id of ids) expect(await store.archive.release(id)).toEqual({ changed: true })
    for (const expiry of [payloads, finished]) await pruneAll(store, expiry)
    for (const id of ids) expect(await stateOf(store, id)).toBeNull()
    for (const table of [...traces, 'archived_job', 'finished_payload'])
      expect(await countOf(opened, table), table).toBe(0)
    expect(await store.metrics.tallies()).toEqual([])
  },

  'an archived job is retried and forgotten as any other': async (opened) => {
    const store = await openWith(opened)
    const id = await completeWithTraces(store)
    await store.archive.archive(id, 'ada')
    expect(await store.jobs.retry(id)).toEqual({ changed: true })
    expect(await findJob(store, id)).toMatchObject({ state: 'pending', archivedAt: null, failures: 0, attempt: 2 })
    expect(await tracesOf(store, id)).toEqual([1, 1])
    await settle(store, completedOf(await claimJob(store)))
    expect(await findJob(store, id)).toMatchObject({ state: 'completed', attempt: 3 })
    await store.archive.archive(id, 'ada')
    expect(await store.jobs.cancel(id)).toMatchObject({ changed: false, state: 'completed' })
    expect(await store.jobs.forget(id)).toEqual({ changed: true })
    for (const table of [...traces, 'archived_job']) expect(await countOf(opened, table), table).toBe(0)
  },

  'a list shows archived jobs among the others, alone, or not at all': async (opened) => {
    const store = await openWith(opened)
    const [one, two, three, cancelled] = [
      await bringTo(store, 'completed'),
      await bringTo(store, 'completed'),
      await bringTo(store, 'failed'),
      await bringTo(store, 'cancelled'),
    ]
    for (const id of [one, cancelled]) await store.archive.archive(id, 'ada')
    const idsOf = async (filter: object): Promise<readonly number[]> =>
      (await store.jobs.list({ limit: 10, ...filter })).jobs.map(({ id }) => id)
    expect(await idsOf({})).toEqual([cancelled, three, two, one])
    expect(await idsOf({ archived: true })).toEqual([cancelled, one])
    expect(await idsOf({ archived: false })).toEqual([three, two])
    expect(await idsOf({ archived: true, states: ['completed'] })).toEqual([one])
    expect(await idsOf({ archived: true, states: ['failed'] })).toEqual([])
    expect(await idsOf({ states: ['completed', 'cancelled'], beforeId: cancelled })).toEqual([two, one])
    expect(await idsOf({ archived: true, queue: 'elsewhere' })).toEqual([])
    expect((await store.pages.jobsById([one, two])).map(({ archivedBy }) => archivedBy)).toEqual([null, 'ada'])
    const { jobs } = await store.jobs.list({ limit: 10, archived: true })
    for (const summary of jobs) expect(await findJob(store, summary.id)).toMatchObject(summary)
  },
}

/** What {@link ArchiveStore} promises. */
export function archiveSuite(harness: StoreHarness): void {
  registerCases('archive', harness, { ...keeping, ...leaving })
}
