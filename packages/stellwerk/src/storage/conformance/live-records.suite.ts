import { expect } from 'vitest'
import type { LogAppend } from '../outcome-store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, retryingOf, returnedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJob, dispatchJob, findJob, settle, startStation } from './store-steps.ts'

const stationId = 'station-a'

function chunkOf(jobId: number, chunk: number, changes: Partial<LogAppend> = {}): LogAppend {
  return { jobId, claimSeq: 1, attempt: 1, chunk, lines: `{"chunk":${chunk}}`, dropBelowChunk: 0, ...changes }
}

const cases: StoreCases = {
  'log chunks are kept in the order of claims and chunks': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const first = await claimJob(store)
    await store.outcomes.recordLive([chunkOf(id, 1), chunkOf(id, 0)], [])
    await settle(store, retryingOf(first, { delayMs: 0 }))
    await store.claims.promoteDue(1)
    const second = await claimJob(store)
    await store.outcomes.recordLive([chunkOf(id, 0, { claimSeq: 2, attempt: 2 })], [])
    const logs = [chunkOf(id, 1, { claimSeq: 2, attempt: 2 })]
    await store.outcomes.settle({ stationId, outcomes: [completedOf(second)], logs, metrics: () => [] })
    const kept = await store.jobs.logs(id)
    expect(kept.map(({ claimSeq, attempt, chunk, lines }) => [claimSeq, attempt, chunk, lines])).toEqual([
      [1, 1, 0, '{"chunk":0}'],
      [1, 1, 1, '{"chunk":1}'],
      [2, 2, 0, '{"chunk":0}'],
      [2, 2, 1, '{"chunk":1}'],
    ])
  },

  'chunks below the mark are dropped, of this attempt alone': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const other = await dispatchJob(store)
    await store.claims.claim({ stationId, shares: [], limit: 0 })
    await store.outcomes.recordLive([chunkOf(id, 0, { claimSeq: 1 }), chunkOf(other, 0)], [])
    const second = { claimSeq: 2, attempt: 2 }
    await store.outcomes.recordLive(
      [0, 1, 2, 3].map((chunk) => chunkOf(id, chunk, second)),
      [],
    )
    await store.outcomes.recordLive([chunkOf(id, 4, { ...second, dropBelowChunk: 3 })], [])
    const kept = (await store.jobs.logs(id)).map(({ claimSeq, chunk }) => [claimSeq, chunk])
    expect(kept).toEqual([
      [1, 0],
      [2, 3],
      [2, 4],
    ])
    expect(await store.jobs.logs(other)).toHaveLength(1)
  },

  'a chunk that is written again is kept once': async ({ store }) => {
    const id = await dispatchJob(store)
    for (let round = 0; round < 2; round += 1) await store.outcomes.recordLive([chunkOf(id, 0, { lines: 'whole' })], [])
    expect(await store.jobs.logs(id)).toMatchObject([{ chunk: 0, lines: 'whole' }])
  },

  'logs stay through failure and retry, and go with the job': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const outcomes = [failedOf(await claimJob(store))]
    await store.outcomes.settle({ stationId, outcomes, logs: [chunkOf(id, 0)], metrics: () => [] })
    expect(await store.jobs.logs(id)).toHaveLength(1)
    await store.jobs.retry(id)
    expect(await store.jobs.logs(id)).toHaveLength(1)
    expect(await store.jobs.attempts(id)).toHaveLength(1)
    await store.jobs.forget(id)
    expect(await store.jobs.logs(id)).toEqual([])
    expect(await store.jobs.attempts(id)).toEqual([])
  },

  'progress of a running job is seen at once and kept when it completes': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    await store.outcomes.recordLive([], [{ jobId: id, claimSeq: 1, progress: 40, note: 'row 4 of 10' }])
    expect(await findJob(store, id)).toMatchObject({ progress: 40, progressNote: 'row 4 of 10' })
    await store.outcomes.recordLive([], [{ jobId: id, claimSeq: 1, progress: 100, note: null }])
    expect(await findJob(store, id)).toMatchObject({ progress: 100, progressNote: null })
    await settle(store, completedOf(job))
    expect(await findJob(store, id)).toMatchObject({ state: 'completed', progress: 100 })
  },

  'progress of a stale claim, of a waiting or an absent job is dropped': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    await settle(store, returnedOf(job))
    const stale = { jobId: id, claimSeq: 1, progress: 90, note: 'late' }
    await store.outcomes.recordLive([], [stale, { ...stale, jobId: id + 1_000 }])
    await claimJob(store)
    await store.outcomes.recordLive([], [stale, { ...stale, claimSeq: 3 }])
    expect((await findJob(store, id)).progress).toBeNull()
    await store.outcomes.recordLive([], [{ ...stale, claimSeq: 2, progress: 1 }])
    expect((await findJob(store, id)).progress).toBe(1)
  },

  'nothing to record is accepted': async ({ store }) => {
    await store.outcomes.recordLive([], [])
  },
}

/** What {@link OutcomeStore.recordLive} promises. */
export function liveRecordsSuite(harness: StoreHarness): void {
  registerCases('live records', harness, cases)
}
