import { expect } from 'vitest'
import type { WonRun } from '../outcome-store.ts'
import { minuteRow } from './minute-rows.ts'
import { assertInvariants } from './invariants.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, newFailure, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { at, claimJob, claimJobs, dispatchJob, dispatchMany, findJob, settle, startStation, stateOf } from './store-steps.ts'

const stationId = 'station-a'

const kinds: StoreCases = {
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
    expect(await findJob(store, id)).toMatchObject({ result: null, cpuMs: null, memoryBytes: null, memoryPeakBytes: null })
  },

  'figures beyond 32 bits are taken': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    await settle(store, completedOf(await claimJob(store), { waitMs: 2 ** 40, runMs: 2 ** 41, memoryPeakBytes: 2 ** 45 }))
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
    expect([...seen, [failures, exceptions]]).toEqual([[0, 0], [1, 1], [2, 1], [3, 2], [4, 2]])
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

const fence: StoreCases = {
  'an outcome of an older claim is refused, whatever its kind': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const stale = await claimJob(store)
    await settle(store, returnedOf(stale))
    const newest = await claimJob(store)
    for (const outcome of everyKind(stale)) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
      expect(await findJob(store, id)).toMatchObject({ state: 'processing', claimSeq: 2, attempt: 1, failures: 0 })
    }
    expect(await store.jobs.attempts(id)).toEqual([])
    expect((await settle(store, completedOf(newest))).refused).toEqual([])
  },

  'an outcome of a claim to come, of no job, or of a waiting job is refused': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const job = await claimJob(store)
    for (const outcome of everyKind({ ...job, claimSeq: 2 })) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
    }
    for (const outcome of everyKind({ ...job, id: id + 1_000 })) {
      expect((await settle(store, outcome)).refused).toEqual([outcome])
    }
    await settle(store, returnedOf(job))
    for (const outcome of everyKind(job)) expect((await settle(store, outcome)).refused).toEqual([outcome])
    expect(await stateOf(store, id)).toBe('pending')
  },

  'the same outcome twice counts once': async ({ store }) => {
    await startStation(store)
    const jobs = await dispatchMany(store, 3)
    const claimed = await claimJobs(store, stationId)
    const outcomes = [completedOf(at(claimed, 0)), failedOf(at(claimed, 1)), retryingOf(at(claimed, 2))]
    expect((await settle(store, ...outcomes)).refused).toEqual([])
    expect((await settle(store, ...outcomes)).refused).toHaveLength(3)
    expect(await findJob(store, at(jobs, 2))).toMatchObject({ state: 'retrying', failures: 1 })
    expect(await store.jobs.attempts(at(jobs, 2))).toHaveLength(1)
  },

  'a job that was rescued meanwhile refuses the late outcome, and again after its next claim': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store)
    const late = completedOf(await claimJob(store))
    await opened.advance(10_001)
    await store.stations.rescue(stationId, { running: [] })
    expect((await settle(store, late)).refused).toEqual([late])
    await startStation(store, { id: 'station-b' })
    const next = await claimJob(store, 'station-b')
    expect((await settle(store, late)).refused).toEqual([late])
    expect(await stateOf(store, id)).toBe('processing')
    expect((await settle(store, completedOf(next))).refused).toEqual([])
  },

  'a mixture is settled in part: the won ones whole, the stale ones named': async ({ store }) => {
    await startStation(store)
    const jobs = await dispatchMany(store, 7)
    const claimed = await claimJobs(store, stationId)
    await settle(store, returnedOf(at(claimed, 5)), completedOf(at(claimed, 6)))
    const stale = [failedOf(at(claimed, 5)), retryingOf(at(claimed, 6))]
    const { refused } = await settle(
      store,
      completedOf(at(claimed, 0)),
      at(stale, 0),
      retryingOf(at(claimed, 1)),
      failedOf(at(claimed, 2)),
      at(stale, 1),
      returnedOf(at(claimed, 3)),
      snoozedOf(at(claimed, 4), 10),
    )
    expect(refused).toHaveLength(2)
    expect(refused).toEqual(expect.arrayContaining(stale))
    const states = await Promise.all(jobs.map((id) => stateOf(store, id)))
    expect(states).toEqual(['completed', 'retrying', 'failed', 'pending', 'scheduled', 'pending', 'completed'])
  },

  'a settle and a rescue at once in two stores: each job goes one way': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    for (let round = 0; round < 5; round += 1) {
      const id = await startStation(store, { id: `station-${round}`, leaseMs: 100 })
      const jobs = await dispatchMany(store, 40)
      const claimed = await claimJobs(store, id)
      await opened.advance(101)
      const outcomes = claimed.map((job, index) => (index % 2 === 0 ? completedOf(job) : failedOf(job)))
      const [settled, rescue] = await Promise.all([settle(store, ...outcomes), second.stations.rescue(id, { running: [] })])
      expect(rescue.declared).toBe(true)
      expect(rescue.returned).toBe(settled.refused.length)
      for (const refused of settled.refused) {
        expect(await stateOf(store, refused.id)).toBe('pending')
        await store.jobs.forget(refused.id)
      }
      expect(jobs).toHaveLength(40)
    }
  },

  'two thousand outcomes are one flush': async ({ store }) => {
    await startStation(store)
    await dispatchMany(store, 2_000)
    const claimed = await claimJobs(store, stationId, 2_000)
    const { refused } = await settle(store, ...claimed.map((job, index) => at(everyKind(job), index % 5)))
    expect(refused).toEqual([])
    const tallies = await store.metrics.tallies()
    expect(tallies.map(({ count }) => count)).toEqual([400, 400, 400, 400, 400])
  },

  'an empty flush does nothing': async ({ store }) => {
    await startStation(store)
    expect((await settle(store)).refused).toEqual([])
  },
}

function everyKind(job: Parameters<typeof completedOf>[0]) {
  return [completedOf(job), retryingOf(job), failedOf(job), returnedOf(job), snoozedOf(job, 10)]
}

const metrics: StoreCases = {
  'metrics hear of the won runs alone, with the time of the flush': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 6, { queue: 'q', type: 't' })
    const claimed = await claimJobs(store, stationId)
    await settle(store, returnedOf(at(claimed, 5)))
    let heard: readonly WonRun[] = []
    let heardAt = 0
    const result = await store.outcomes.settle({
      stationId,
      outcomes: claimed.map((job, index) => at(everyKind(job), index % 5)),
      logs: [],
      metrics: (won, now) => {
        heard = won
        heardAt = now
        return [minuteRow({ count: won.length })]
      },
    })
    expect(result.refused).toHaveLength(1)
    expect(heardAt).toBe(result.at)
    const figures = { waitMs: 12, runMs: 34, cpuMs: 8, memoryBytes: 1_000, memoryPeakBytes: 2_000 }
    const common = { queue: 'q', type: 't', startedAt: at(claimed, 0).claimedAt + 5, ...figures }
    expect(heard).toHaveLength(3)
    for (const outcome of ['completed', 'retrying', 'failed'] as const) {
      expect(heard).toContainEqual(expect.objectContaining({ ...common, outcome }))
    }
    await assertInvariants(opened, { endedRuns: 3 })
  },

  'metrics that throw leave nothing changed': async (opened) => {
    const { store } = opened
    await startStation(store)
    const jobs = await dispatchMany(store, 3)
    const claimed = await claimJobs(store, stationId)
    const logs = [{ jobId: at(jobs, 0), claimSeq: 1, attempt: 1, chunk: 0, lines: 'x', dropBelowChunk: 0 }]
    const outcomes = [completedOf(at(claimed, 0)), failedOf(at(claimed, 1)), retryingOf(at(claimed, 2))]
    const flush = (metrics: () => never[]) => store.outcomes.settle({ stationId, outcomes, logs, metrics })
    const boom = () => {
      throw new Error('no figures today')
    }
    await expect(flush(boom)).rejects.toThrow('no figures today')
    for (const id of jobs) {
      expect(await findJob(store, id)).toMatchObject({ state: 'processing', failures: 0, claimSeq: 1 })
      expect(await store.jobs.attempts(id)).toEqual([])
      expect(await store.jobs.logs(id)).toEqual([])
    }
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'processing', count: 3 }])
    expect((await flush(() => [])).refused).toEqual([])
    await assertInvariants(opened, { endedRuns: 0 })
  },

  'a minute row is replaced, not added to; those of other keys stay': async (opened) => {
    const { store } = opened
    await startStation(store)
    const rows = [
      minuteRow({ count: 2, waitSumMs: 20 }),
      minuteRow({ outcome: 'failed' }),
      minuteRow({ minute: 1_800_000_060_000 }),
      minuteRow({ stationId: 'station-b', count: 7 }),
    ]
    const whole = minuteRow({ count: 5, waitSumMs: 90, runMaxMs: 40, waitSketch: Uint8Array.from([9]) })
    for (const written of [rows, [whole]]) {
      await dispatchJob(store)
      const outcomes = [completedOf(await claimJob(store))]
      await store.outcomes.settle({ stationId, outcomes, logs: [], metrics: () => written })
    }
    const found = await store.metrics.minutes({ from: 0, to: 1_900_000_000_000 })
    expect(found).toHaveLength(4)
    for (const row of [whole, ...rows.slice(1)]) expect(found.map(plain)).toContainEqual(plain(row))
  },
}

/** The row with its sketches as number lists: a Buffer and a Uint8Array of the same bytes are equal. */
function plain<T extends { readonly waitSketch: Uint8Array; readonly runSketch: Uint8Array }>(row: T) {
  return { ...row, waitSketch: [...row.waitSketch], runSketch: [...row.runSketch] }
}

/** What {@link OutcomeStore.settle} promises. */
export function outcomesSuite(harness: StoreHarness): void {
  registerCases('outcomes', harness, { ...kinds, ...fence, ...metrics })
}
