import { expect, test, vi } from 'vitest'
import { openTestStore } from '../../test/temporary-store.ts'
import { grantedActor, trustedActor } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { silentLog } from '../std/log.ts'
import { bringToFailed, dispatchJob, startStation, stateOf } from '../storage/conformance/store-steps.ts'
import { audited } from './audited.ts'
import { forgetFailed, retryFailed } from './bulk-failed.ts'
import { cancelJob } from './cancel-job.ts'
import { forgetJob } from './forget-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { prioritizeJob } from './prioritize-job.ts'
import { retryJob } from './retry-job.ts'

async function openDeps(actor = trustedActor('cli', 'ada')): Promise<OperationDeps> {
  const store = await openTestStore()
  await startStation(store, { types: ['send'], queues: ['*'] })
  return { store, log: silentLog, actor }
}

async function lastRow(deps: OperationDeps): Promise<object | undefined> {
  const [row] = await deps.store.audit.list({ limit: 1 })
  return row
}

test('a row tells what changed, from what and to what', async () => {
  const deps = await openDeps()
  const failed = await bringToFailed(deps.store)
  await retryJob(deps, failed)
  const done = { actorKind: 'cli', actorName: 'ada', target: `job ${failed}`, outcome: 'done', reason: null }
  expect(await lastRow(deps)).toMatchObject({
    ...done,
    action: 'job:retry',
    before: '{"state":"failed"}',
    after: '{"state":"pending"}',
  })
  await prioritizeJob(deps, failed, 'high')
  expect(await lastRow(deps)).toMatchObject({
    ...done,
    action: 'job:prioritize',
    before: '{"priority":0}',
    after: '{"priority":10}',
  })
  await cancelJob(deps, failed)
  expect(await lastRow(deps)).toMatchObject({
    ...done,
    action: 'job:cancel',
    before: '{"state":"pending"}',
    after: '{"state":"cancelled"}',
  })
  await forgetJob(deps, failed)
  expect(await lastRow(deps)).toMatchObject({
    ...done,
    action: 'job:delete',
    before: '{"state":"cancelled","type":"send","queue":"mail"}',
    after: null,
  })
  expect(await deps.store.audit.list({ limit: 10 })).toHaveLength(4)
})

test('a refused action leaves its row with the reason, and the state that was found', async () => {
  const deps = await openDeps()
  const id = await dispatchJob(deps.store)
  await expect(retryJob(deps, id)).rejects.toMatchObject({ code: 'JOB_NOT_RETRYABLE' })
  expect(await lastRow(deps)).toMatchObject({
    target: `job ${id}`,
    before: '{"state":"pending"}',
    after: null,
    outcome: 'refused',
    reason: 'JOB_NOT_RETRYABLE',
  })
  await expect(cancelJob(deps, 999)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  expect(await lastRow(deps)).toMatchObject({
    target: 'job 999',
    before: null,
    outcome: 'refused',
    reason: 'JOB_NOT_FOUND',
  })
  await expect(cancelJob(deps, 'x\u0000y')).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  expect(await lastRow(deps)).toMatchObject({ target: 'job x\uFFFDy', reason: 'OPTION_INVALID' })
})

test('a bulk action leaves one row with its filter and how many it changed', async () => {
  const deps = await openDeps()
  for (let job = 0; job < 3; job += 1) await bringToFailed(deps.store)
  await retryFailed(deps, { queue: 'mail', toId: 2 })
  expect(await lastRow(deps)).toMatchObject({
    action: 'job:retry',
    target: 'failed jobs',
    filter: '{"queue":"mail","toId":2}',
    count: 2,
    outcome: 'done',
  })
  await forgetFailed(deps, { ids: Array.from({ length: 1_000 }, (_, id) => id) })
  const filter = JSON.parse(String((await deps.store.audit.list({ limit: 1 }))[0]?.filter)) as {
    readonly ids: readonly number[]
  }
  expect(filter).toMatchObject({ idsInAll: 1_000 })
  expect(filter.ids).toHaveLength(100)
  expect(await deps.store.audit.list({ limit: 10 })).toHaveLength(2)
})

test('a bulk action that breaks off says how many it had changed', async () => {
  const deps = await openDeps()
  const broken = { ...deps.store.failedJobs, retryNext: vi.fn() }
  broken.retryNext.mockResolvedValueOnce({ changed: 500, lastId: 500 })
  broken.retryNext.mockRejectedValueOnce(new StellwerkError('STORE_UNREACHABLE', 'away'))
  const away = { ...deps, store: { ...deps.store, failedJobs: broken } }
  await expect(retryFailed(away, {})).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  expect(await lastRow(deps)).toMatchObject({ count: 500, outcome: 'failed', reason: 'STORE_UNREACHABLE' })
})

test('a row that cannot be written is logged, and the action stands', async () => {
  const deps = await openDeps()
  const id = await dispatchJob(deps.store)
  const log = { ...silentLog, error: vi.fn() }
  const audit = { ...deps.store.audit, append: () => Promise.reject(new Error('disk full')) }
  await cancelJob({ ...deps, log, store: { ...deps.store, audit } }, id)
  expect(await stateOf(deps.store, id)).toBe('cancelled')
  expect(log.error).toHaveBeenCalledExactlyOnceWith(
    'an action was done and its audit row could not be written',
    expect.objectContaining({ action: 'job:cancel', target: `job ${id}`, outcome: 'done', actorName: 'ada' }),
  )
})

test('what a station does by itself leaves no row, what the application asks for does', async () => {
  const deps = await openDeps(trustedActor('station', 'pruner'))
  await cancelJob(deps, await dispatchJob(deps.store))
  expect(await deps.store.audit.list({ limit: 1 })).toEqual([])
  await cancelJob({ ...deps, actor: trustedActor('application', 'shop') }, await dispatchJob(deps.store))
  expect(await lastRow(deps)).toMatchObject({ actorKind: 'application', actorName: 'shop' })
})

test('who, from where and by which request is part of the row, in bounds', async () => {
  const token = grantedActor({ kind: 'token', name: 'x'.repeat(5_000), tokenId: 9 }, { role: 'operator' })
  const deps = await openDeps({ ...token, ip: '2001:db8::1', requestId: 'r-77' })
  await audited(
    deps,
    { action: 'job:retry', target: 't'.repeat(5_000), filter: { text: 'f'.repeat(50_000) } },
    async () => {},
  )
  const [row] = await deps.store.audit.list({ limit: 1 })
  expect(row).toMatchObject({ tokenId: 9, ip: '2001:db8::1', requestId: 'r-77', filter: '{"tooLarge":50011}' })
  expect(row?.actorName.length).toBeLessThan(500)
  expect(row?.target.length).toBeLessThan(500)
})

test('an error that is not ours is recorded as failed', async () => {
  const deps = await openDeps()
  const defect = audited(deps, { action: 'job:retry', target: 'job 1' }, () => Promise.reject(new TypeError('oops')))
  await expect(defect).rejects.toThrow('oops')
  expect(await lastRow(deps)).toMatchObject({ outcome: 'failed', reason: 'INTERNAL' })
})
