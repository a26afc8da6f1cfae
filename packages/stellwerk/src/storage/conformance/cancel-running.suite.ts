import { expect } from 'vitest'
import type { ClaimedJob } from '../claim-store.ts'
import type { Outcome } from '../outcome-store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, retryingOf, returnedOf, snoozedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import { claimJob, dispatchJob, findJob, settle, startStation, stateOf } from './store-steps.ts'

/** A job that runs and is to be cancelled. */
async function bringToWished({ store }: OpenedStore): Promise<ClaimedJob> {
  await startStation(store)
  await dispatchJob(store)
  const job = await claimJob(store)
  expect(await store.jobs.find(job.id)).toMatchObject({ cancelRequested: false })
  expect(await store.jobs.requestCancel(job.id)).toEqual({ stationId: 'station-a', claimSeq: job.claimSeq })
  expect(await store.jobs.find(job.id)).toMatchObject({ cancelRequested: true })
  return job
}

async function endsAs(opened: OpenedStore, outcomeOf: (job: ClaimedJob) => Outcome): Promise<string | null> {
  const job = await bringToWished(opened)
  const { refused } = await settle(opened.store, outcomeOf(job))
  expect(refused).toEqual([])
  return await stateOf(opened.store, job.id)
}

const cases: StoreCases = {
  'a running job goes on until its claim ends, and may be asked for twice': async (opened) => {
    const job = await bringToWished(opened)
    expect(await opened.store.jobs.requestCancel(job.id)).toMatchObject({ claimSeq: job.claimSeq })
    expect(await stateOf(opened.store, job.id)).toBe('processing')
  },

  'only a running job can be asked for': async ({ store }) => {
    await startStation(store)
    const id = await dispatchJob(store, { delayMs: 1_000 })
    expect(await store.jobs.requestCancel(id)).toBeUndefined()
    expect(await store.jobs.requestCancel(id + 1)).toBeUndefined()
    expect(await stateOf(store, id)).toBe('scheduled')
  },

  'a try that failed and would be repeated is cancelled, with its attempt': async (opened) => {
    const job = await bringToWished(opened)
    await settle(opened.store, retryingOf(job))
    expect(await findJob(opened.store, job.id)).toMatchObject({ state: 'cancelled', payload: '{"to":1}', attempt: 1 })
    expect(await opened.store.jobs.attempts(job.id)).toMatchObject([{ attempt: 1, kind: 'error' }])
    expect((await opened.store.claims.promoteDue(10)).promoted).toBe(0)
  },

  'a job that is given back is cancelled': async (opened) => {
    expect(await endsAs(opened, returnedOf)).toBe('cancelled')
  },

  'a job that is put off is cancelled': async (opened) => {
    expect(await endsAs(opened, (job) => snoozedOf(job, 60_000))).toBe('cancelled')
  },

  'a job that ends meanwhile has ended': async (opened) => {
    expect(await endsAs(opened, completedOf)).toBe('completed')
  },

  'a job that fails for good meanwhile has failed': async (opened) => {
    expect(await endsAs(opened, failedOf)).toBe('failed')
  },

  'its neighbours in the same flush are not cancelled': async (opened) => {
    const { store } = opened
    const wished = await bringToWished(opened)
    await dispatchJob(store)
    const other = await claimJob(store)
    await settle(store, returnedOf(wished), returnedOf(other))
    expect([await stateOf(store, wished.id), await stateOf(store, other.id)]).toEqual(['cancelled', 'pending'])
  },

  'the jobs of a station that died are cancelled by the rescue where that was wanted': async (opened) => {
    const { store } = opened
    const wished = await bringToWished(opened)
    await dispatchJob(store)
    const other = await claimJob(store)
    await opened.advance(10_001)
    expect(await store.stations.rescue('station-a', { running: [] })).toMatchObject({ declared: true })
    expect([await stateOf(store, wished.id), await stateOf(store, other.id)]).toEqual(['cancelled', 'pending'])
  },

  'one that killed its process and would run again is cancelled, its crash counted': async (opened) => {
    const job = await bringToWished(opened)
    await opened.advance(10_001)
    await opened.store.stations.rescue('station-a', { running: [{ id: job.id, claimSeq: job.claimSeq }] })
    expect(await findJob(opened.store, job.id)).toMatchObject({ state: 'cancelled', crashes: 1 })
  },

  'a station that retires leaves it cancelled': async (opened) => {
    const job = await bringToWished(opened)
    await opened.store.stations.retire('station-a')
    expect(await stateOf(opened.store, job.id)).toBe('cancelled')
  },

  'a claim whose answer was lost is given back as cancelled': async (opened) => {
    const job = await bringToWished(opened)
    expect(await opened.store.claims.releaseOthers('station-a', [])).toBe(1)
    expect(await stateOf(opened.store, job.id)).toBe('cancelled')
  },

  'when it is retried by hand nothing is left of the wish': async (opened) => {
    const { store } = opened
    const job = await bringToWished(opened)
    await settle(store, returnedOf(job))
    expect(await store.jobs.retry(job.id)).toEqual({ changed: true })
    const again = await claimJob(store)
    await settle(store, returnedOf(again))
    expect(await stateOf(store, job.id)).toBe('pending')
  },
}

/** What {@link JobStore.requestCancel} promises. */
export function cancelRunningSuite(harness: StoreHarness): void {
  registerCases('cancelling running jobs', harness, cases)
}
