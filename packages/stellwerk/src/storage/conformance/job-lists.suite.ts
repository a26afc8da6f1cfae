import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Store } from '../store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import {
  at,
  bringTo,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  dispatchMany,
  findJob,
  reachableStates,
  settle,
  startStation,
} from './store-steps.ts'

const stationId = 'station-a'

const cases: StoreCases = {
  'a list shows every state, newest first, as find does': async (opened) => {
    const { store } = opened
    await startStation(store)
    const made: number[] = []
    for (const state of [...reachableStates, ...reachableStates]) made.push(await bringTo(store, state))
    const { jobs } = await store.jobs.list({ limit: 200 })
    expect(jobs.map(({ id }) => id)).toEqual(made.toReversed())
    for (const summary of jobs) expect(await findJob(store, summary.id)).toMatchObject(summary)
  },

  'every filter narrows, and they narrow together': async (opened) => {
    const { store } = opened
    await startStation(store)
    const now = await store.metrics.now()
    const [one] = await dispatchJobs(store, { queue: 'a', type: 'x' })
    await opened.advance(10)
    const [two, three] = await dispatchJobs(store, { queue: 'a', type: 'y' }, { queue: 'b', type: 'x', delayMs: 5 })
    await opened.advance(10)
    const [four] = await dispatchJobs(store, { queue: 'a', type: 'x' })
    await store.jobs.cancel(Number(four))
    const listed = async (filter: object) => (await store.jobs.list({ ...filter, limit: 10 })).jobs.map(({ id }) => id)
    expect(await listed({ queue: 'a' })).toEqual([four, two, one])
    expect(await listed({ type: 'x' })).toEqual([four, three, one])
    expect(await listed({ states: ['cancelled', 'scheduled'] })).toEqual([four, three])
    expect(await listed({ states: ['pending'], queue: 'a', type: 'x' })).toEqual([one])
    expect(await listed({ createdFrom: now + 10 })).toEqual([four, three, two])
    expect(await listed({ createdTo: now + 10 })).toEqual([one])
    expect(await listed({ createdFrom: now + 10, createdTo: now + 20 })).toEqual([three, two])
    expect(await listed({ beforeId: three, queue: 'a' })).toEqual([two, one])
    expect(await listed({ queue: 'A' })).toEqual([])
    expect(await listed({ queues: ['a', 'c'] })).toEqual([four, two, one])
    expect(await listed({ queues: ['a', 'b'], type: 'x' })).toEqual([four, three, one])
    expect(await listed({ queues: ['b'], queue: 'a' })).toEqual([])
    expect(await listed({ queues: [] })).toEqual([])
    expect(await listed({ types: ['x'] })).toEqual([four, three, one])
    expect(await listed({ types: ['x', 'y', 'z'], queue: 'a' })).toEqual([four, two, one])
    expect(await listed({ types: [] })).toEqual([])
    expect(await listed({ states: ['failed'] })).toEqual([])
  },

  'a search finds jobs of a type, of a queue, or failed with a text in their error': async ({ store }) => {
    await startStation(store)
    const [mail, odd, done] = await dispatchJobs(
      store,
      { queue: 'Mailing', type: 'one' },
      { queue: 'plain', type: 'odd' },
      { queue: 'plain', type: 'two' },
    )
    const claimed = await claimJobs(store, stationId)
    const failure = { kind: 'error', errorClass: 'Disk_Error', message: '100% Full', stack: null, causes: [] } as const
    const ended = claimed.filter(({ id }) => id !== mail)
    await settle(store, ...ended.map((job) => (job.id === done ? completedOf(job) : failedOf(job, { failure }))))
    const none = { types: [], queues: [], error: 'nowhere' }
    const found = async (match: object, more: object = {}) =>
      (await store.jobs.list({ match: { ...none, ...match }, ...more, limit: 10 })).jobs.map(({ id }) => id)
    expect(await found({})).toEqual([])
    expect(await found({ types: ['one', 'two', 'three'] })).toEqual([done, mail])
    expect(await found({ queues: ['plain'] })).toEqual([done, odd])
    expect(await found({ queues: ['Mailing'], types: ['two'] })).toEqual([done, mail])
    expect(await found({ queues: ['Mailing'], types: ['two'] }, { states: ['completed'] })).toEqual([done])
    expect(await found({ error: 'disk_e' })).toEqual([odd])
    expect(await found({ error: '0% FU' })).toEqual([odd])
    expect(await found({ error: '%%' })).toEqual([])
    expect(await found({ error: 'disk%error' })).toEqual([])
    expect(await found({ error: 'full', types: ['one'] })).toEqual([odd, mail])
    expect(await found({ error: 'full' }, { states: ['pending', 'completed'] })).toEqual([])
    const page = await store.jobs.list({ match: { ...none, types: ['one'] }, limit: 10 })
    expect(page).toMatchObject({ nextBeforeId: null, scanned: 25_000 })
  },

  'pages follow each other without gap or double': async ({ store }) => {
    await startStation(store)
    const all = await dispatchMany(store, 23)
    const claimed = await claimJobs(store, stationId, 15)
    await settle(store, ...claimed.map((job, index) => (index % 2 === 0 ? completedOf(job) : failedOf(job))))
    for (const limit of [1, 5, 23, 200]) expect(await pagesOf(store, limit)).toEqual(all.toReversed())
  },

  'a page looks through 100,000 jobs at most, and the next one goes on behind them': async (opened) => {
    const { store } = opened
    const rare = await dispatchMany(store, 3, { queue: 'rare' })
    await crowd(opened, 100_001)
    const first = await store.jobs.list({ queue: 'rare', limit: 2 })
    expect(first).toMatchObject({ jobs: [], scanned: 100_000 })
    const next = await store.jobs.list({ queue: 'rare', limit: 2, beforeId: Number(first.nextBeforeId) })
    expect(next.jobs.map(({ id }) => id)).toEqual(rare.slice(1).toReversed())
    const last = await store.jobs.list({ queue: 'rare', limit: 2, beforeId: Number(next.nextBeforeId) })
    expect(last).toMatchObject({ jobs: [{ id: rare[0] }], nextBeforeId: null })
    expect((await store.jobs.list({ limit: 2 })).scanned).toBeNull()
  },

  'one page finds what lies behind thousands of others, in every table': async (opened) => {
    const { store } = opened
    await startStation(store)
    const rare = await dispatchMany(store, 4, { queue: 'rare' })
    const [one, two] = await claimJobs(store, stationId, 2)
    if (one === undefined || two === undefined) throw new Error('two jobs were there to be claimed')
    await settle(store, completedOf(one), failedOf(two))
    await crowd(opened, 3_000)
    const [newest] = await dispatchMany(store, 1, { queue: 'rare' })
    const whole = await store.jobs.list({ queue: 'rare', limit: 10 })
    expect(whole.jobs.map(({ id }) => id)).toEqual([newest, ...rare.toReversed()])
    expect(whole.nextBeforeId).toBeNull()
    const first = await store.jobs.list({ queue: 'rare', limit: 2 })
    expect(first.jobs.map(({ id }) => id)).toEqual([newest, rare[3]])
    const next = await store.jobs.list({ queue: 'rare', limit: 2, beforeId: Number(first.nextBeforeId) })
    expect(next.jobs.map(({ id }) => id)).toEqual([rare[2], rare[1]])
    expect((await store.jobs.list({ states: ['completed'], limit: 2 })).jobs.map(({ id }) => id)).toEqual([one.id])
  },

  'pages stay whole while jobs move from table to table': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    const all = await dispatchMany(store, 60)
    const seen = await pagesOf(store, 7, async () => {
      for (const job of await claimJobs(second, stationId, 4)) await settle(second, completedOf(job))
      await dispatchJob(second, { type: 'newer' })
    })
    expect(seen).toEqual(all.toReversed())
  },

  'a job that moves while it is looked for is never missed': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    const id = await dispatchJob(store)
    let moving = true
    const mover = (async () => {
      for (let round = 0; round < 25; round += 1) {
        await settle(second, completedOf(await claimJob(second)))
        await second.jobs.retry(id)
      }
      moving = false
    })()
    let looks = 0
    while (moving) {
      expect(await store.jobs.find(id)).toBeDefined()
      expect((await store.jobs.list({ limit: 5 })).jobs.map((job) => job.id)).toEqual([id])
      looks += 1
      // Reads of an embedded store never give way to its writes by themselves.
      await nextTurn()
    }
    await mover
    expect(looks).toBeGreaterThan(1)
  },
}

/** So many scheduled jobs above all others, written past the port. */
async function crowd({ sql }: OpenedStore, count: number): Promise<void> {
  await sql(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO job (id, state, type, queue, priority, weight, position, payload, type_version, run_at, created_at, tries, max_crashes)
    SELECT 1000 + i, 'scheduled', 'send', 'crowd', 0, 0, 9000000000000, '{}', 1, 9000000000000, 1, 3, 3 FROM n`)
  await sql(`INSERT INTO tally (queue, type, state, count) VALUES ('crowd', 'send', 'scheduled', ${count})`)
}

async function pagesOf(store: Store, limit: number, between: () => Promise<void> = async () => {}): Promise<number[]> {
  const seen: number[] = []
  let beforeId: number | null = null
  do {
    const page = await store.jobs.list(beforeId === null ? { limit } : { limit, beforeId })
    expect(page.jobs.length).toBeLessThanOrEqual(limit)
    seen.push(...page.jobs.map(({ id }) => id))
    if (page.nextBeforeId !== null) expect(page.nextBeforeId).toBe(at(page.jobs, page.jobs.length - 1).id)
    beforeId = page.nextBeforeId
    await between()
  } while (beforeId !== null)
  return seen
}

/** What {@link JobStore.list} and {@link JobStore.find} promise while jobs move. */
export function jobListsSuite(harness: StoreHarness): void {
  registerCases('job lists', harness, cases)
}
