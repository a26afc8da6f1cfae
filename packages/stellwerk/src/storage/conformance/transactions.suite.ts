import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { CompletedOutcome } from '../outcome-store.ts'
import type { Store } from '../store.ts'
import type { Transaction } from '../transaction.ts'
import { assertInvariants, inOrder } from './invariants.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, newJob } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import {
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

async function dispatchIn(store: Store, tx: Transaction, count = 1): Promise<readonly number[]> {
  const jobs = Array.from({ length: count }, (_, index) => newJob({ payload: `{"index":${index}}` }))
  return await store.transactions.insertJobs(tx, { token: randomUUID(), jobs }, { wake: true })
}

async function completeIn(store: Store, tx: Transaction, outcome: CompletedOutcome): Promise<void> {
  await store.transactions.complete(tx, { outcome, progress: null })
}

async function countRows(opened: OpenedStore, table: string): Promise<number> {
  return Number((await opened.sql(`SELECT count(*) AS count FROM ${table}`))[0]?.count)
}

const dispatching: StoreCases = {
  'jobs are there from the commit on, with ids in input order, receipt and counters': async (opened) => {
    const { store } = opened
    const first = await dispatchJob(store)
    const caller = await opened.begin()
    const ids = await dispatchIn(store, caller.tx, 60)
    expect(await stateOf(store, only(ids.slice(0, 1)))).toBeNull()
    await caller.commit()
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
    expect(Math.min(...ids)).toBeGreaterThan(first)
    for (const index of [0, 59]) expect((await findJob(store, ids[index] ?? 0)).payload).toBe(`{"index":${index}}`)
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'pending', count: 61 }])
    expect(await countRows(opened, 'dispatch_receipt')).toBe(2)
  },

  'a rollback leaves no job, no receipt and no count': async (opened) => {
    const { store } = opened
    const caller = await opened.begin()
    await dispatchIn(store, caller.tx, 12)
    await caller.rollback()
    for (const table of ['job', 'dispatch_receipt', 'tally']) expect(await countRows(opened, table), table).toBe(0)
    expect(await store.metrics.tallies()).toEqual([])
  },

  'of 200 transactions exactly the committed ones leave their jobs': async (opened) => {
    const { store } = opened
    const kept: number[] = []
    let dropped = 0
    for (let round = 0; round < 200; round++) {
      const caller = await opened.begin()
      const ids = await dispatchIn(store, caller.tx, 1 + (round % 3))
      if (Math.random() < 0.5) {
        await caller.commit()
        kept.push(...ids)
      } else {
        await caller.rollback()
        dropped += ids.length
      }
    }
    expect(dropped).toBeGreaterThan(0)
    const rows = await opened.sql('SELECT id FROM job ORDER BY id')
    expect(rows.map(({ id }) => id)).toEqual(kept)
    expect(await store.metrics.tallies()).toEqual([
      { queue: 'mail', type: 'send', state: 'pending', count: kept.length },
    ])
  },

  'another process hears of the commit': async (opened) => {
    const listening = await opened.openSecond()
    const heard = vi.fn()
    const leave = listening.wake.subscribe(heard)
    await vi.waitFor(() => expect(listening.wake.pollMs).toBeGreaterThan(250), { timeout: 20_000 })
    const caller = await opened.begin()
    await dispatchIn(opened.store, caller.tx)
    heard.mockClear()
    await caller.commit()
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), { timeout: 2_000, interval: 1 })
    leave()
  },

  'what the store itself dispatches, claims and settles beside it counts too': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 4)
    const [one, other] = await claimJobs(store, 'station-a', 2)
    const caller = await opened.begin()
    await dispatchIn(store, caller.tx, 3)
    await caller.commit()
    if (one !== undefined && other !== undefined) await settle(store, completedOf(one), failedOf(other))
    await store.metrics.foldTallies()
    expect(await store.metrics.tallies()).toContainEqual({ queue: 'mail', type: 'send', state: 'pending', count: 5 })
  },

  'a store that is closed takes nothing': async (opened) => {
    const closed = await opened.openSecond()
    await closed.close()
    const caller = await opened.begin()
    await expect(dispatchIn(closed, caller.tx)).rejects.toMatchObject({ code: 'CLOSED' })
    await caller.rollback()
  },

  'a connection that has begun nothing, or has ended it, is refused': async (opened) => {
    const caller = await opened.begin()
    await caller.commit()
    await expect(dispatchIn(opened.store, caller.tx)).rejects.toMatchObject({
      code: 'TRANSACTION_INVALID',
      message: expect.stringContaining('no transaction is open'),
    })
    expect(await countRows(opened, 'job')).toBe(0)
  },

  'what is no transaction of this store is refused': async (opened) => {
    for (const wrong of [{}, 'tx', null, { query: 1 }, { isTransaction: false, executeQuery: () => null }]) {
      await expect(dispatchIn(opened.store, wrong as unknown as Transaction)).rejects.toMatchObject({
        code: 'TRANSACTION_INVALID',
      })
    }
  },
}

const completing: StoreCases = {
  'a completion in the transaction is whole: history, payload, result, counters, minute, progress': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    const caller = await opened.begin()
    const progress = { jobId: id, claimSeq: job.claimSeq, progress: 80, note: 'nearly' }
    await store.transactions.complete(caller.tx, { outcome: completedOf(job), progress })
    expect(await stateOf(store, id)).toBe('processing')
    await caller.commit()
    expect(await findJob(store, id)).toMatchObject({
      state: 'completed',
      payload: '{"to":1}',
      result: '{"ok":true}',
      progress: 80,
      progressNote: 'nearly',
      claimSeq: 1,
    })
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'completed', count: 1 }])
    expect(await store.transactions.claimEnd(job)).toBe('completed')
    await assertInvariants(opened, { endedRuns: 1 })
    expect(await store.jobs.retry(id)).toEqual({ changed: true })
  },

  'a rollback leaves the claim as it was': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    const caller = await opened.begin()
    await completeIn(store, caller.tx, completedOf(job))
    await caller.rollback()
    expect(await stateOf(store, id)).toBe('processing')
    expect(await store.transactions.claimEnd(job)).toBe('held')
    await assertInvariants(opened, { endedRuns: 0 })
    expect((await settle(store, completedOf(job))).refused).toEqual([])
  },

  'a claim that is not the newest is refused, and nothing of it is written': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 2)
    const stale = await claimJob(store)
    await settle(store, { kind: 'returned', id: stale.id, claimSeq: stale.claimSeq })
    const jobs = await claimJobs(store, 'station-a')
    const caller = await opened.begin()
    await expect(completeIn(store, caller.tx, completedOf(stale))).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    const newest = jobs.find(({ id }) => id === stale.id)
    if (newest === undefined) throw new Error('the job was not claimed again')
    await completeIn(store, caller.tx, completedOf(newest))
    await expect(completeIn(store, caller.tx, completedOf(newest))).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    await caller.commit()
    expect(await store.transactions.claimEnd(stale)).toBe('lost')
    expect(await store.transactions.claimEnd(newest)).toBe('completed')
    expect((await settle(store, completedOf(newest))).refused).toHaveLength(1)
    await assertInvariants(opened, { endedRuns: 1 })
  },

  'figures are exact whoever completes': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 6)
    const jobs = await claimJobs(store, 'station-a')
    for (const [index, job] of jobs.entries()) {
      const caller = await opened.begin()
      await completeIn(store, caller.tx, completedOf(job, { runMs: 10 * (index + 1) }))
      if (index % 3 === 2) await caller.rollback()
      else await caller.commit()
    }
    const at = await store.metrics.now()
    const minutes = await store.metrics.minutes({ from: at - 60_000, to: at + 60_000 })
    expect(minutes.reduce((sum, row) => sum + row.count, 0)).toBe(4)
    expect(minutes.reduce((sum, row) => sum + row.runSumMs, 0)).toBe(10 + 20 + 40 + 50)
    expect(inOrder(await store.metrics.tallies())).toEqual(inOrder(await store.metrics.recount()))
  },

  'a job whose station was declared dead is completed by nobody else': async (opened) => {
    const { store } = opened
    await startStation(store)
    await startStation(store, { id: 'station-b' })
    await dispatchJob(store)
    const job = await claimJob(store)
    await opened.advance(11_000)
    await store.stations.renew('station-b', 10_000)
    expect(await store.stations.rescue('station-a', { running: [] })).toMatchObject({ returned: 1 })
    const caller = await opened.begin()
    await expect(completeIn(store, caller.tx, completedOf(job))).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    await caller.rollback()
    expect(await store.transactions.claimEnd(job)).toBe('lost')
  },
}

/** What an application may do in a transaction of its own. */
export function transactionsSuite(harness: StoreHarness): void {
  registerCases("dispatch in the application's transaction", harness, dispatching)
  registerCases("completion in the application's transaction", harness, completing)
}
