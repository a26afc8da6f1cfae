import { expect } from 'vitest'
import type { StoreCases } from './register-cases.ts'
import { registerCases } from './register-cases.ts'
import { cancelledOf, completedOf, crashedOf, failedOf, newFailure, retryingOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { claimJob, dispatchJob, findJob, settle, startStation } from './store-steps.ts'

const cases: StoreCases = {
  'a counted crash keeps the attempt, counts apart from failures, and runs alone next': async ({ store }) => {
    await startStation(store, { host: 'host-7' })
    const id = await dispatchJob(store)
    const [before] = await store.claims.laneHeads()
    const job = await claimJob(store)
    expect((await settle(store, crashedOf(job, { workerId: 'w_1' }))).refused).toEqual([])
    expect(await store.claims.laneHeads()).toEqual([before])
    expect(await findJob(store, id)).toMatchObject({
      state: 'pending',
      attempt: 1,
      crashes: 1,
      failures: 0,
      stationId: null,
    })
    expect(await store.jobs.attempts(id)).toMatchObject([
      { attempt: 1, claimSeq: 1, kind: 'crash', host: 'host-7', workerId: 'w_1', runMs: 34, memoryBytes: 1_000 },
    ])
    expect(await claimJob(store)).toMatchObject({ solo: true, crashes: 1, attempt: 2 })
  },

  'a suspect goes back unburnt, alone where it is said, and stays a suspect': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    await settle(store, crashedOf(await claimJob(store), { counted: false }))
    const again = await claimJob(store)
    expect(again).toMatchObject({ attempt: 1, crashes: 0, solo: true })
    await settle(store, crashedOf(again, { counted: false, solo: false }))
    expect(await claimJob(store)).toMatchObject({ attempt: 1, crashes: 0, solo: true })
    expect(await store.jobs.attempts(id)).toEqual([])
  },

  'with the last crash of its budget a job fails for good, its hook due': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store, { maxCrashes: 2 })
    await settle(store, crashedOf(await claimJob(store)))
    const job = await claimJob(store)
    const failure = newFailure({ kind: 'memory', errorClass: 'WorkerCrash', message: 'exit code 134, SIGABRT' })
    await settle(store, crashedOf(job, { failure, workerId: 'w_2' }))
    expect(await findJob(store, id)).toMatchObject({
      state: 'failed',
      attempt: 2,
      crashes: 2,
      failures: 0,
      failureKind: 'memory',
      errorMessage: 'exit code 134, SIGABRT',
      runMs: 34,
    })
    expect((await store.jobs.attempts(id)).map(({ kind, workerId }) => [kind, workerId])).toEqual([
      ['crash', null],
      ['memory', 'w_2'],
    ])
    expect(await store.failedJobs.takeHooks(['send'], 10, 'station-a')).toHaveLength(1)
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'failed', count: 1 }])
  },

  'a counted crash is a run in the metrics, a suspect is none': async ({ store }) => {
    await startStation(store)
    await dispatchJob(store, { maxCrashes: 2 })
    const won: unknown[] = []
    for (const counted of [false, true, true]) {
      const outcomes = [crashedOf(await claimJob(store), { counted })]
      const metrics = (runs: readonly { readonly outcome: string }[]) => {
        won.push(runs.map(({ outcome }) => outcome))
        return []
      }
      await store.outcomes.settle({ stationId: 'station-a', outcomes, logs: [], metrics })
    }
    expect(won).toEqual([[], ['retrying'], ['failed']])
  },

  'several crashes of one flush are each what they are': async ({ store }) => {
    await startStation(store)
    const ids = [
      await dispatchJob(store, { type: 'a', maxCrashes: 1 }),
      await dispatchJob(store, { type: 'b' }),
      await dispatchJob(store, { type: 'c' }),
    ]
    const shares = ['a', 'b', 'c'].map((type) => ({ queue: 'mail', type, inBatch: false, priority: 0, limit: 1 }))
    const jobs = await store.claims.claim({ stationId: 'station-a', shares, limit: 3 })
    const outcomes = jobs.map((job) => crashedOf(job, { counted: job.type !== 'c' }))
    expect((await settle(store, ...outcomes)).refused).toEqual([])
    const found = await Promise.all(ids.map((id) => findJob(store, id)))
    expect(found.map(({ state, crashes, attempt }) => [state, crashes, attempt])).toEqual([
      ['failed', 1, 1],
      ['pending', 1, 1],
      ['pending', 0, 0],
    ])
  },

  'a running job that is cancelled moves to history with its attempt': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, { options: '{"tries":3}' })
    const job = await claimJob(store)
    await opened.advance(50)
    expect((await settle(store, cancelledOf(job, { workerId: 'w_3' }))).refused).toEqual([])
    expect(await findJob(store, id)).toMatchObject({
      state: 'cancelled',
      attempt: 1,
      claimSeq: 1,
      payload: '{"to":1}',
      result: null,
      startedAt: job.claimedAt + 5,
      finishedAt: job.claimedAt + 50,
      runMs: 34,
    })
    expect(await store.jobs.attempts(id)).toMatchObject([{ kind: 'cancelled', attempt: 1, workerId: 'w_3' }])
    expect(await store.metrics.tallies()).toMatchObject([{ state: 'cancelled', count: 1 }])
    expect((await store.jobs.retry(id)).changed).toBe(true)
  },

  'one that had not begun leaves no attempt': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store)
    const notBegun = { failure: null, startedAt: null, waitMs: null, runMs: null, cpuMs: null }
    const unmeasured = { ...notBegun, memoryBytes: null, memoryPeakBytes: null }
    await settle(store, cancelledOf(await claimJob(store), unmeasured))
    expect(await findJob(store, id)).toMatchObject({ state: 'cancelled', startedAt: null, runMs: null })
    expect(await store.jobs.attempts(id)).toEqual([])
  },

  'the worker that ran it is kept with each end': async ({ store }) => {
    await startStation(store)
    const workerId = 'w_0123456789abcdef'
    const ids = [await dispatchJob(store), await dispatchJob(store), await dispatchJob(store)]
    for (const make of [completedOf, failedOf, retryingOf]) {
      const job = await claimJob(store)
      await settle(store, make(job as never, { workerId } as never))
    }
    const [completed, failed, retrying] = await Promise.all(ids.map((id) => findJob(store, id)))
    expect([completed?.workerId, failed?.workerId, retrying?.workerId]).toEqual([workerId, workerId, null])
    expect(await store.jobs.attempts(Number(ids[1]))).toMatchObject([{ workerId }])
    expect(await store.jobs.attempts(Number(ids[2]))).toMatchObject([{ workerId }])
  },
}

/** What {@link OutcomeStore.settle} promises of crashes and of cancelled runs. */
export function crashesSuite(harness: StoreHarness): void {
  registerCases('crashes and cancelled runs', harness, cases)
}
