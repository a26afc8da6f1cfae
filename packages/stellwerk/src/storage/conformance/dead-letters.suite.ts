import { expect } from 'vitest'
import type { WonRun } from '../../domain/metrics/won-run.ts'
import type { NewJob } from '../dispatch-store.ts'
import type { Outcome } from '../outcome-store.ts'
import type { Store } from '../store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { cancelledOf, completedOf, crashedOf, failedOf, newFailure, retryingOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  at,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  findJob,
  only,
  settle,
  startStation,
} from './store-steps.ts'

const stationId = 'station-a'
const deadLetters = { types: { invoice: 'ledger-dead' }, queues: { mail: 'mail-dead', '*': 'dead' } }

/** Settles as a station that keeps dead letters; returns the runs that its figures are made of. */
async function settleDead(store: Store, ...outcomes: readonly Outcome[]): Promise<readonly WonRun[]> {
  const won: WonRun[] = []
  const metrics = (runs: readonly WonRun[]) => {
    won.splice(0, won.length, ...runs)
    return []
  }
  const { refused } = await store.outcomes.settle({ stationId, outcomes, logs: [], deadLetters, metrics })
  expect(refused).toEqual([])
  return won
}

/** A job that failed for good, its dead-letter queue `mail-dead`. */
async function deadLetter(store: Store, job: Partial<NewJob> = {}): Promise<number> {
  const id = await dispatchJob(store, job)
  await settleDead(store, failedOf(await claimJob(store)))
  return id
}

const cases: StoreCases = {
  "a job that fails for good is kept under its type's dead-letter queue, else its queue's, else that of all": async ({
    store,
  }) => {
    await startStation(store)
    const [invoice, send, other, own] = await dispatchJobs(
      store,
      { type: 'invoice' },
      { type: 'send' },
      { queue: 'default' },
      { queue: 'dead' },
    )
    const jobs = await claimJobs(store, stationId)
    const won = await settleDead(store, ...jobs.map((job) => failedOf(job)))
    const kept = async (id = 0) => {
      const { state, queue, originQueue } = await findJob(store, id)
      return [state, queue, originQueue]
    }
    expect(await kept(invoice)).toEqual(['failed', 'ledger-dead', 'mail'])
    expect(await kept(send)).toEqual(['failed', 'mail-dead', 'mail'])
    expect(await kept(other)).toEqual(['failed', 'dead', 'default'])
    expect(await kept(own)).toEqual(['failed', 'dead', null])
    expect(won.map(({ queue, outcome }) => [queue, outcome]).toSorted()).toEqual([
      ['dead', 'failed'],
      ['default', 'failed'],
      ['mail', 'failed'],
      ['mail', 'failed'],
    ])
    const counted = (await store.metrics.tallies()).filter(({ count }) => count !== 0)
    expect(counted.map(({ queue, type, state, count }) => [queue, type, state, count]).toSorted()).toEqual([
      ['dead', 'send', 'failed', 2],
      ['ledger-dead', 'invoice', 'failed', 1],
      ['mail-dead', 'send', 'failed', 1],
    ])
  },

  'whatever else becomes of a job, it stays in its queue': async ({ store }) => {
    await startStation(store)
    const ids = await dispatchJobs(store, {}, {}, {}, {})
    const [first, second, third, fourth] = await claimJobs(store, stationId)
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error('four')
    await settleDead(store, completedOf(first), retryingOf(second), cancelledOf(third), crashedOf(fourth))
    const found = await Promise.all(ids.map((id) => findJob(store, id)))
    expect(found.map(({ queue, originQueue }) => [queue, originQueue])).toEqual(ids.map(() => ['mail', null]))
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['completed', 'retrying', 'cancelled', 'pending']))
  },

  'a station that names none keeps failed jobs where they ran': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    await settle(store, failedOf(await claimJob(store)))
    expect(await findJob(store, id)).toMatchObject({ state: 'failed', queue: 'mail', originQueue: null })
  },

  'the last crash that a station sees leads to the dead-letter queue': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store, { maxCrashes: 2 })
    expect(await settleDead(store, crashedOf(await claimJob(store)))).toMatchObject([{ outcome: 'retrying' }])
    const failure = newFailure({ kind: 'memory', errorClass: 'WorkerCrash', message: 'signal SIGABRT, 512 MB' })
    const won = await settleDead(store, crashedOf(await claimJob(store), { failure }))
    expect(won).toMatchObject([{ queue: 'mail', outcome: 'failed' }])
    expect(await findJob(store, id)).toMatchObject({
      state: 'failed',
      queue: 'mail-dead',
      originQueue: 'mail',
      errorMessage: 'signal SIGABRT, 512 MB',
    })
    expect(only(await store.failedJobs.takeHooks(['send'], 10, stationId))).toMatchObject({ id, queue: 'mail' })
  },

  'so does the last crash that a rescuer finds, by its own rules': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, { type: 'invoice', maxCrashes: 1 })
    const job = await claimJob(store)
    await opened.advance(10_001)
    const rescue = await store.stations.rescue(stationId, { running: [job] }, { deadLetters })
    expect(rescue).toMatchObject({ declared: true, failed: 1 })
    expect(await findJob(store, id)).toMatchObject({
      state: 'failed',
      queue: 'ledger-dead',
      originQueue: 'mail',
      failureKind: 'crash',
    })
  },

  'a retry puts it back into its own queue and forgets the mark; a second death leads there again': async ({
    store,
  }) => {
    await startStation(store)
    const id = await deadLetter(store)
    expect(await store.jobs.retry(id)).toEqual({ changed: true })
    expect(await findJob(store, id)).toMatchObject({ state: 'pending', queue: 'mail', originQueue: null })
    const again = await claimJob(store)
    expect(again).toMatchObject({ id, queue: 'mail', failures: 0 })
    await settleDead(store, failedOf(again))
    expect(await findJob(store, id)).toMatchObject({ state: 'failed', queue: 'mail-dead', originQueue: 'mail' })
  },

  'retries of many go by the dead-letter queue, and each returns to its own': async ({ store }) => {
    await startStation(store)
    const jobs = [{ queue: 'a' }, { queue: 'b' }, { queue: 'mail' }]
    const ids = [await deadLetter(store, jobs[0]), await deadLetter(store, jobs[1]), await deadLetter(store, jobs[2])]
    expect(await store.failedJobs.count({ queue: 'a' })).toBe(0)
    expect(await store.failedJobs.count({ queue: 'dead' })).toBe(2)
    const { changed } = await store.failedJobs.retryNext({ queue: 'dead' }, { afterId: 0, limit: 100 })
    expect(changed).toBe(2)
    const found = await Promise.all(ids.map((id) => findJob(store, id)))
    expect(found.map(({ state, queue }) => [state, queue])).toEqual([
      ['pending', 'a'],
      ['pending', 'b'],
      ['failed', 'mail-dead'],
    ])
    expect((await claimJobs(store, stationId)).map(({ queue }) => queue).toSorted()).toEqual(['a', 'b'])
  },

  'lists and deletions find it under its dead-letter queue, with the queue it came from': async ({ store }) => {
    await startStation(store)
    const id = await deadLetter(store)
    const page = await store.jobs.list({ queue: 'mail-dead', limit: 10 })
    expect(page.jobs).toMatchObject([{ id, queue: 'mail-dead', originQueue: 'mail' }])
    expect((await store.jobs.list({ queue: 'mail', limit: 10 })).jobs).toEqual([])
    expect(only(await store.pages.jobsById([id]))).toMatchObject({ queue: 'mail-dead', originQueue: 'mail' })
    expect(await store.failedJobs.forgetNext({ queue: 'mail-dead' }, { afterId: 0, limit: 10 })).toMatchObject({
      changed: 1,
    })
    expect(await store.jobs.find(id)).toBeUndefined()
  },

  'a type or queue named like nothing else is asked for by its whole name': async ({ store }) => {
    await startStation(store)
    const names = [`a.b`, `it's "so"`, '__proto__', 'types', '$.*', 'ä…']
    const ids = await dispatchJobs(store, ...names.map((queue) => ({ queue })))
    const jobs = await claimJobs(store, stationId)
    const queues = Object.fromEntries(names.map((name) => [name, `${name} (dead)`]))
    const outcomes = jobs.map((job) => failedOf(job))
    await store.outcomes.settle({
      stationId,
      outcomes,
      logs: [],
      deadLetters: { types: {}, queues },
      metrics: () => [],
    })
    for (const [index, name] of names.entries())
      expect(await findJob(store, at(ids, index))).toMatchObject({ queue: `${name} (dead)`, originQueue: name })
  },
}

/** Dead-letter queues (SPEC F4): where {@link OutcomeStore.settle} and {@link StationStore.rescue} keep what fails for good, and what becomes of it there. */
export function deadLettersSuite(harness: StoreHarness): void {
  registerCases('dead-letter queues', harness, cases)
}
