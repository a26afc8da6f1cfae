import { expect, test } from 'vitest'
import { openTestStore } from '../../test/temporary-store.ts'
import { grantedActor, trustedActor } from '../domain/actor.ts'
import { silentLog } from '../std/log.ts'
import { bringToFailed, dispatchJob, startStation, stateOf } from '../storage/conformance/store-steps.ts'
import { countFailed, forgetFailed, retryFailed } from './bulk-failed.ts'
import { cancelJob } from './cancel-job.ts'
import { createToken } from './create-token.ts'
import { dispatchJobs } from './dispatch-jobs.ts'
import { findJob } from './find-job.ts'
import { jobDetails } from './job-details.ts'
import { listAudit } from './list-audit.ts'
import { listJobs } from './list-jobs.ts'
import { listQueues } from './list-queues.ts'
import type { OperationDeps } from './operation-deps.ts'
import { OverviewMemory } from './overview-memory.ts'
import { prioritizeJob } from './prioritize-job.ts'
import { readOverview } from './read-overview.ts'
import { retryJob } from './retry-job.ts'
import { withinReach } from './within-reach.ts'

/** Somebody who reaches the queue 'mail' alone, beside jobs on 'bills'. */
async function openScoped(role: 'operator' | 'admin' = 'operator'): Promise<OperationDeps> {
  const store = await openTestStore()
  await startStation(store, { types: ['send'], queues: ['*'] })
  const actor = grantedActor({ kind: 'token', name: 'clerk', tokenId: 1 }, { role, queues: ['mail'] })
  return { store, log: silentLog, actor }
}

test('a filter is narrowed to what the actor reaches, and to nothing where that is empty', () => {
  const clerk = grantedActor({ kind: 'token', name: 'clerk' }, { role: 'operator', queues: ['mail', 'bills'] })
  expect(withinReach(trustedActor('cli', 'root'), { queue: 'x' })).toEqual({ queue: 'x' })
  expect(withinReach(clerk, {})).toEqual({ queues: ['mail', 'bills'] })
  expect(withinReach(clerk, { queue: 'mail' })).toEqual({ queue: 'mail', queues: ['mail', 'bills'] })
  expect(withinReach(clerk, { queues: ['bills', 'x'] })).toEqual({ queues: ['bills'] })
  expect(withinReach(clerk, { queue: 'x' })).toBeNull()
  expect(withinReach(clerk, { queues: ['x'] })).toBeNull()
  expect(withinReach(grantedActor({ kind: 'token', name: 'p' }, { role: 'producer' }), {})).toBeNull()
})

test('a job on a queue out of reach is as good as absent to a reader', async () => {
  const deps = await openScoped()
  const bill = await dispatchJob(deps.store, { queue: 'bills' })
  const absent = { code: 'JOB_NOT_FOUND' }
  await expect(findJob(deps, bill)).rejects.toMatchObject(absent)
  await expect(jobDetails(deps, bill)).rejects.toMatchObject(absent)
  const words = await findJob(deps, bill).catch((error: Error) => error.message)
  const never = await findJob(deps, bill + 7).catch((error: Error) => error.message)
  expect(String(words).replace(String(bill), '?')).toBe(String(never).replace(String(bill + 7), '?'))
})

test('lists and counts hold what is within reach alone', async () => {
  const deps = await openScoped()
  const letter = await bringToFailed(deps.store)
  await bringToFailed(deps.store, { queue: 'bills' })
  expect((await listJobs(deps, { limit: 10 })).jobs.map(({ id }) => id)).toEqual([letter])
  expect((await listJobs(deps, { limit: 10, queue: 'bills' })).jobs).toEqual([])
  expect((await listQueues(deps)).map(({ queue }) => queue)).toEqual(['mail'])
  expect(await countFailed(deps, {})).toBe(1)
  expect(await countFailed(deps, { queue: 'bills' })).toBe(0)
})

test('an action out of reach is denied, changes nothing, and does not tell the queue', async () => {
  const deps = await openScoped()
  const bill = await dispatchJob(deps.store, { queue: 'bills' })
  for (const action of [cancelJob(deps, bill), retryJob(deps, bill), prioritizeJob(deps, bill, 5)]) {
    const error: unknown = await action.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', details: { queues: ['mail'] } })
    expect(String(error)).not.toContain('bills')
  }
  expect(await stateOf(deps.store, bill)).toBe('pending')
  expect((await deps.store.jobs.find(bill))?.priority).toBe(0)
})

test('a bulk action touches what is within reach, and one on a foreign queue is denied', async () => {
  const deps = await openScoped()
  const letter = await bringToFailed(deps.store)
  const bill = await bringToFailed(deps.store, { queue: 'bills' })
  await expect(retryFailed(deps, { queue: 'bills' })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  expect(await retryFailed(deps, { ids: [letter, bill] })).toBe(1)
  expect(await forgetFailed(deps, {})).toBe(0)
  expect([await stateOf(deps.store, letter), await stateOf(deps.store, bill)]).toEqual(['pending', 'failed'])
})

test('a dispatch of several jobs is denied whole where one of them goes to a foreign queue', async () => {
  const deps = await openScoped()
  const insert = async (): Promise<never> => {
    throw new Error('nothing may be stored')
  }
  const jobs = ['mail', 'bills'].map((queue) => ({ queue }) as never)
  const order = { types: ['send', 'send'], prepare: async () => jobs, insert }
  await expect(dispatchJobs(deps, order)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
})

test('who reaches some queues alone does not manage tokens or read the audit log, which tell of all', async () => {
  const deps = await openScoped('admin')
  await expect(createToken(deps, { name: 'x', role: 'viewer' })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  await expect(listAudit(deps, {})).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
})

test('without payload:read payload and result are hidden, and it says so', async () => {
  const { store, log } = await openScoped()
  const id = await dispatchJob(store, { payload: '{"to":"ada"}' })
  const viewer = grantedActor({ kind: 'token', name: 'screen' }, { role: 'viewer' })
  expect(await findJob({ store, log, actor: viewer }, id)).toMatchObject({
    payload: null,
    result: null,
    payloadHidden: true,
  })
  const { job } = await jobDetails({ store, log, actor: viewer }, id)
  expect(job).toMatchObject({ payload: null, payloadHidden: true })
  const operator = grantedActor({ kind: 'token', name: 'clerk' }, { role: 'operator' })
  expect(await findJob({ store, log, actor: operator }, id)).toMatchObject({
    payload: '{"to":"ada"}',
    payloadHidden: false,
  })
})

test('the overview shows the jobs that its reader may see: of the queues within reach, and none without job:read', async () => {
  const deps = await openScoped()
  const letter = await bringToFailed(deps.store)
  await bringToFailed(deps.store, { queue: 'bills' })
  const failures = async (actor = deps.actor) =>
    (await readOverview({ ...deps, actor }, new OverviewMemory())).failures.map(({ id }) => id)
  expect(await failures()).toEqual([letter])
  expect(await failures(grantedActor({ kind: 'session', name: 'wall' }, { permissions: ['queue:read'] }))).toEqual([])
})
