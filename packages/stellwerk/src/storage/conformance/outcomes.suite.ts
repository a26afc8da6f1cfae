import { expect } from 'vitest'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, newFailure, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJob, claimJobs, dispatchJob, dispatchMany, findJob, only, settle, startStation } from './store-steps.ts'

const stationId = 'station-a'

/** One of three workers, or none. */
const workerOf = (id: number): string | null => [null, 'worker-1', 'worker-2', 'worker-3'][id % 4] ?? null

const cases: StoreCases = {
  'a completed job moves to history with result, payload and figures': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, { weight: 2, options: '{"tries":5}', typeVersion: 3 })
    const job = await claimJob(store)
    await opened.advance(50)
    const result = await settle(store, completedOf(job, { tries: 5 }))
    expect(result).toEqual({ at: await store.metrics.now(), refused: [] })
    expect(await findJob(store, id)).toMatchObject({
      state: 'completed',
      attempt: 1,
      tries: 5,
      claimSeq: 1,
      weight: 2,
      typeVersion: 3,
      payload: '{"to":1}',
      result: '{"ok":true}',
      options: '{"tries":5}',
      claimedAt: job.claimedAt,
      startedAt: job.claimedAt + 5,
      finishedAt: job.claimedAt + 50,
      waitMs: 12,
      runMs: 34,
      cpuMs: 8,
      memoryBytes: 1_000,
      memoryPeakBytes: 2_000,
      stationId,
      failureKind: null,
    })
    expect(await store.jobs.attempts(id)).toEqual([])
  },

  'figures that were not measured stay null': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    await settle(store, completedOf(job, { result: null, cpuMs: null, memoryBytes: null, memoryPeakBytes: null }))
    expect(await findJob(store, id)).toMatchObject({
      result: null,
      cpuMs: null,
      memoryBytes: null,
      memoryPeakBytes: null,
    })
  },

  'results of one flush go each to its own job, whatever their length, letters and order': async ({ store }) => {
    await startStation(store)
    const ids = await dispatchMany(store, 60)
    const claimed = await claimJobs(store, stationId)
    const resultOf = (id: number): string | null => {
      if (id % 4 === 0) return null
      return id % 4 === 1
        ? `"${'Stellwärter 信号 🚦'.repeat(id % 7)}"`
        : JSON.stringify({ id, text: 'x'.repeat(id * 9) })
    }
    const outcomes = claimed.map((job) =>
      completedOf(job, { result: resultOf(job.id), waitMs: job.id, workerId: workerOf(job.id) }),
    )
    const { refused } = await settle(store, ...outcomes.toReversed())
    expect(refused).toEqual([])
    for (const id of ids) {
      const { result, waitMs, workerId } = await findJob(store, id)
      expect({ id, result, waitMs, workerId }).toEqual({ id, result: resultOf(id), waitMs: id, workerId: workerOf(id) })
    }
  },

  'fractions of a millisecond are taken, and come back to the millisecond': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    await store.outcomes.recordLive([], [{ jobId: id, claimSeq: 1, progress: 33.4, note: null }])
    const metrics = () => [minuteRow({ waitSumMs: 0.4, waitMaxMs: 0.4, runSumMs: 12.6, runMaxMs: 12.6, cpuSumMs: 3.2 })]
    const outcomes = [completedOf(job, { waitMs: 0.4, runMs: 12.6, cpuMs: 3.2 })]
    await store.outcomes.settle({ stationId, outcomes, logs: [], metrics })
    const found = await findJob(store, id)
    const minute = only(await store.metrics.minutes({ from: 0, to: 1_900_000_000_000 }))
    const [wait, run, cpu, progress] = [found.waitMs, found.runMs, found.cpuMs, found.progress].map(Number)
    for (const [got, given] of [
      [wait, 0.4],
      [run, 12.6],
      [cpu, 3.2],
      [progress, 33.4],
      [minute.runSumMs, 12.6],
    ]) {
      expect(Math.abs(Number(got) - Number(given))).toBeLessThan(1)
    }
  },

  'figures beyond 32 bits are taken': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    await settle(
      store,
      completedOf(await claimJob(store), { waitMs: 2 ** 40, runMs: 2 ** 41, memoryPeakBytes: 2 ** 45 }),
    )
    expect(await findJob(store, id)).toMatchObject({ waitMs: 2 ** 40, runMs: 2 ** 41, memoryPeakBytes: 2 ** 45 })
  },

  'a retrying job waits its delay, with failure, exception and attempt row counted': async (opened) => {
    const { store } = opened
    await startStation(store, { host: 'host-7' })
    const id = await dispatchJob(store, { weight: 1 })
    const job = await claimJob(store)
    await opened.advance(40)
    const now = await store.metrics.now()
    await settle(store, retryingOf(job, { delayMs: 1_500, tries: 4 }))
    expect(await findJob(store, id)).toMatchObject({
      state: 'retrying',
      attempt: 1,
      tries: 4,
      failures: 1,
      crashes: 0,
      claimSeq: 1,
      runAt: now + 1_500,
      stationId: null,
      finishedAt: null,
    })
    expect(await store.jobs.attempts(id)).toEqual([
      {
        jobId: id,
        attempt: 1,
        claimSeq: 1,
        ...newFailure(),
        host: 'host-7',
        stationId,
        workerId: null,
        startedAt: job.claimedAt + 5,
        finishedAt: now,
        runMs: 34,
        memoryBytes: 1_000,
        memoryPeakBytes: 2_000,
      },
    ])
  },

  'failures and exceptions are counted apart': async ({ store }) => {
    await startStation(store)
    await dispatchJob(store)
    const seen: unknown[] = []
    for (const threw of [true, false, true, false]) {
      const job = await claimJob(store)
      seen.push([job.failures, job.exceptions])
      const kind = threw ? 'error' : 'timeout'
      await settle(store, retryingOf(job, { threw, delayMs: 0, failure: newFailure({ kind }) }))
      await store.claims.promoteDue(1)
    }
    const { failures, exceptions } = await claimJob(store)
    expect([...seen, [failures, exceptions]]).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ])
  },

  'a failed job moves whole, with its attempts': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, { weight: 4, options: '{"tries":2}', maxCrashes: 2, parentId: 8, runId: 'run' })
    await settle(store, retryingOf(await claimJob(store), { delayMs: 0 }))
    await store.claims.promoteDue(1)
    const job = await claimJob(store)
    await opened.advance(9)
    const failure = newFailure({ kind: 'deadline', errorClass: 'Late', message: 'too late', stack: null, causes: [] })
    await settle(store, failedOf(job, { threw: false, failure }))
    expect(await findJob(store, id)).toMatchObject({
      state: 'failed',
      attempt: 2,
      failures: 2,
      claimSeq: 2,
      weight: 4,
      options: '{"tries":2}',
      payload: '{"to":1}',
      parentId: 8,
      runId: 'run',
      failureKind: 'deadline',
      errorClass: 'Late',
      errorMessage: 'too late',
      finishedAt: job.claimedAt + 9,
      startedAt: job.claimedAt + 5,
      runMs: 34,
      result: null,
    })
    const attempts = await store.jobs.attempts(id)
    expect(attempts.map(({ claimSeq, kind, stack }) => [claimSeq, kind, stack])).toEqual([
      [1, 'error', newFailure().stack],
      [2, 'deadline', null],
    ])
  },

  'a returned job keeps its place, its attempt and its budgets': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store, { weight: 1 })
    const [before] = await store.claims.laneHeads()
    await settle(store, returnedOf(await claimJob(store)))
    expect(await store.claims.laneHeads()).toEqual([before])
    expect(await findJob(store, id)).toMatchObject({
      state: 'pending',
      attempt: 0,
      failures: 0,
      crashes: 0,
      claimSeq: 1,
      stationId: null,
      claimedAt: null,
    })
    expect(await store.jobs.attempts(id)).toEqual([])
  },

  'a snoozed job is scheduled anew and loses nothing': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const now = await store.metrics.now()
    await settle(store, snoozedOf(await claimJob(store), 5_000))
    const expected = { state: 'scheduled', attempt: 0, failures: 0, claimSeq: 1, runAt: now + 5_000, stationId: null }
    expect(await findJob(store, id)).toMatchObject(expected)
  },

  'months later the history takes a job too': async (opened) => {
    const { store } = opened
    await startStation(store)
    for (const days of [1, 8, 90, 400]) {
      await opened.advance(days * 86_400_000)
      const id = await dispatchJob(store)
      await settle(store, completedOf(await claimJob(store)))
      expect(await findJob(store, id)).toMatchObject({ state: 'completed', finishedAt: await store.metrics.now() })
      await store.jobs.cancel(await dispatchJob(store))
    }
    expect(await store.metrics.tallies()).toHaveLength(2)
  },
}

/** What {@link OutcomeStore.settle} promises. */
export function outcomesSuite(harness: StoreHarness): void {
  registerCases('outcomes', harness, cases)
}
