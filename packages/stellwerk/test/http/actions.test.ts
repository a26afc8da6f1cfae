import { describe, expect, test } from 'vitest'
import { failedOf } from '../../src/storage/conformance/sample-records.ts'
import { at, claimJobs } from '../../src/storage/conformance/store-steps.ts'
import { makeHistory } from './job-history.ts'
import { bothStores, type OpenedApi, openApi } from './open-api.ts'

async function stateOf({ call }: OpenedApi, id: number): Promise<unknown> {
  const { status, body } = await call(`GET /jobs/${id}`)
  return status === 404 ? 'gone' : (body as { state: string }).state
}

async function audited({ call }: OpenedApi): Promise<readonly unknown[]> {
  const { entries } = (await call('GET /audit')).body as {
    entries: { action: string; outcome: string; count: number | null }[]
  }
  return entries.map(({ action, outcome, count }) => `${action} ${outcome}${count === null ? '' : ` ${count}`}`)
}

describe.each(bothStores)('actions on %s', (_name, harness) => {
  test('a job is dispatched with its options, checked as by the programming interface, and recorded', async () => {
    const api = await openApi(harness())
    const options = { queue: 'slow', priority: 'high', delay: '10m', tries: 5, backoff: ['1s', 2_000] }
    const { status, body } = await api.call('POST /jobs', { body: { type: 'send', payload: { to: 7 }, options } })
    expect(status).toBe(201)
    const { id, uuid } = body as { id: string; uuid: string }
    expect((await api.call(`GET /jobs/${uuid}`)).body).toMatchObject({
      id,
      state: 'scheduled',
      queue: 'slow',
      priority: 10,
      tries: 5,
      payload: { to: 7 },
      options: { tries: 5, backoff: [1_000, 2_000] },
    })
    const child = await api.call('POST /jobs', {
      body: { type: 'noop', options: { parent: id, runAt: '2020-01-01T00:00:00Z' } },
    })
    expect((await api.call(`GET /jobs/${(child.body as { id: string }).id}`)).body).toMatchObject({
      state: 'pending',
      parentId: id,
    })
    expect(await audited(api)).toEqual(['job:dispatch done 1', 'job:dispatch done 1'])
  })

  test('many are dispatched all or none, in order', async () => {
    const api = await openApi(harness())
    const jobs = Array.from({ length: 1_000 }, (_, to) => ({ type: 'send', payload: { to } }))
    const { body } = await api.call('POST /jobs', { body: { jobs } })
    const ids = (body as { jobs: { id: string }[] }).jobs.map(({ id }) => Number(id))
    expect(ids).toHaveLength(1_000)
    expect((await api.call(`GET /jobs/${ids[999]}`)).body).toMatchObject({ payload: { to: 999 } })
    const wrong = await api.call('POST /jobs', { body: { jobs: [{ type: 'noop' }, { type: 'send', payload: {} }] } })
    expect(wrong.status).toBe(422)
    expect((await api.call('GET /jobs/counts')).body).toMatchObject({ counts: { pending: 1_000 } })
    expect(await audited(api)).toEqual(['job:dispatch refused', 'job:dispatch done 1000'])
  })

  test('chosen jobs are archived and released, each as far as its state allows, and the page says what is possible', async () => {
    const api = await openApi(harness())
    const { completed, pending, failed } = await makeHistory(api.store)
    const ids = [completed, pending[0], failed[0], 999_999].map(String)
    const trial = await api.call('POST /jobs/actions', { body: { action: 'archive', ids, dryRun: true } })
    expect(trial.body).toMatchObject({ matched: 3, changed: 1 })
    const { body } = await api.call('POST /jobs/actions', { body: { action: 'archive', ids } })
    expect(body).toMatchObject({ matched: 3, changed: 1 })
    expect((body as { refused: { code: string }[] }).refused.map(({ code }) => code).toSorted()).toEqual([
      'JOB_NOT_ARCHIVABLE',
      'JOB_NOT_ARCHIVABLE',
      'JOB_NOT_FOUND',
    ])
    const kept = (await api.call(`GET /jobs/${completed}`)).body as { archivedAt: string | null; actions: string[] }
    expect(kept.archivedAt).not.toBeNull()
    expect([kept.actions.includes('archive'), kept.actions.includes('release')]).toEqual([false, true])
    const again = await api.call('POST /jobs/actions', { body: { action: 'archive', ids: [String(completed)] } })
    expect(again.body).toMatchObject({ changed: 0, refused: [{ code: 'JOB_NOT_ARCHIVABLE' }] })
    const freed = await api.call('POST /jobs/actions', { body: { action: 'release', ids: [String(completed)] } })
    expect(freed.body).toMatchObject({ changed: 1, refused: [] })
    expect((await api.call(`GET /jobs/${completed}`)).body).toMatchObject({ archivedAt: null })
    expect(await audited(api)).toEqual(['job:archive done 1', 'job:archive done 0', 'job:archive done 1'])
  })

  test('one job is retried, cancelled, deleted and prioritized, and shown as it is then', async () => {
    const api = await openApi(harness())
    const { failed, pending, completed } = await makeHistory(api.store)
    expect((await api.call(`POST /jobs/${failed[0]}/retry`)).body).toMatchObject({
      id: String(failed[0]),
      state: 'pending',
    })
    expect((await api.call(`POST /jobs/${pending[0]}/cancel`)).body).toMatchObject({ state: 'cancelled' })
    expect((await api.call(`PATCH /jobs/${pending[1]}`, { body: { priority: 'critical' } })).body).toMatchObject({
      priority: 20,
    })
    expect(await api.call(`DELETE /jobs/${completed}`)).toMatchObject({ status: 204, body: '' })
    expect(await stateOf(api, completed)).toBe('gone')
    expect(await audited(api)).toEqual(['job:delete done', 'job:prioritize done', 'job:cancel done', 'job:retry done'])
  })

  test('a job in a dead-letter queue is found there, says where it came from, and is retried into its own', async () => {
    const api = await openApi(harness())
    const { failed } = await makeHistory(api.store)
    const id = at(failed, 0)
    await api.store.jobs.retry(id)
    const outcomes = (await claimJobs(api.store, 'station-a', 100)).filter((job) => job.id === id)
    await api.store.outcomes.settle({
      stationId: 'station-a',
      outcomes: outcomes.map((job) => failedOf(job)),
      logs: [],
      deadLetters: { types: {}, queues: { mail: 'mail-dead' } },
      metrics: () => [],
    })
    const moved = { id: String(id), state: 'failed', queue: 'mail-dead', originQueue: 'mail' }
    expect((await api.call(`GET /jobs/${id}`)).body).toMatchObject(moved)
    expect((await api.call('GET /failed-jobs?queue=mail-dead')).body).toMatchObject({ jobs: [moved] })
    const bulk = await api.call('POST /failed-jobs/retry', { body: { selection: { queue: 'mail-dead' } } })
    expect(bulk.body).toMatchObject({ changed: 1 })
    expect((await api.call(`GET /jobs/${id}`)).body).toMatchObject({
      state: 'pending',
      queue: 'mail',
      originQueue: null,
    })
  })

  test('many jobs are retried as far as their state allows, and the others named with the reason', async () => {
    const api = await openApi(harness())
    const history = await makeHistory(api.store)
    const { failed, completed, cancelled, processing } = history
    const pending = at(history.pending, 0)
    const ids = [...failed, completed, cancelled, processing, pending, 999_999, at(failed, 0)].map(String)
    const planned = await api.call('POST /jobs/actions', { body: { action: 'retry', ids, dryRun: true } })
    expect(planned.body).toMatchObject({ matched: 7, changed: 5 })
    expect(await stateOf(api, completed)).toBe('completed')
    expect(await audited(api)).toEqual([])
    const { body } = await api.call('POST /jobs/actions', { body: { action: 'retry', ids } })
    expect(body).toMatchObject({ matched: 7, changed: 5 })
    const { refused } = body as { refused: { id: string; code: string }[] }
    expect(refused.map(({ id, code }) => `${id} ${code}`).toSorted()).toEqual(
      [`${processing} JOB_NOT_RETRYABLE`, `${pending} JOB_NOT_RETRYABLE`, '999999 JOB_NOT_FOUND'].toSorted(),
    )
    for (const id of [...failed, completed, cancelled]) expect(await stateOf(api, id)).toBe('pending')
    expect(await audited(api)).toEqual(['job:retry done 5'])
  })

  test('many jobs are cancelled, prioritized and deleted', async () => {
    const api = await openApi(harness())
    const { failed, completed, processing, pending, scheduled, retrying } = await makeHistory(api.store)
    const ids = [...pending, scheduled, retrying, ...failed, completed, processing].map(String)
    const order = (action: string, more: object = {}) =>
      api.call('POST /jobs/actions', { body: { action, ids, ...more } })
    expect((await order('prioritize', { priority: -5 })).body).toMatchObject({ matched: 10, changed: 5 })
    expect((await api.call(`GET /jobs/${scheduled}`)).body).toMatchObject({ priority: -5 })
    const cancelled = await order('cancel')
    expect(cancelled.body).toMatchObject({ matched: 10, changed: 6 })
    expect(cancelled.body).toMatchObject({
      refused: expect.arrayContaining([expect.objectContaining({ id: String(completed), code: 'JOB_NOT_WAITING' })]),
    })
    expect((await order('delete')).body).toMatchObject({ matched: 10, changed: 9 })
    expect(await stateOf(api, processing)).toBe('processing')
    expect((await api.call('GET /jobs/counts')).body).toMatchObject({
      counts: { pending: 0, failed: 0, cancelled: 1, completed: 0 },
    })
  })

  test('failed jobs are retried or deleted by queue, type, range, time, ids, or all of them', async () => {
    const api = await openApi(harness())
    const { failed } = await makeHistory(api.store)
    const [first, second, third] = failed.map(String)
    const order = async (verb: string, selection: object, dryRun?: boolean): Promise<unknown> =>
      (await api.call(`POST /failed-jobs/${verb}`, { body: { selection, ...(dryRun !== undefined && { dryRun }) } }))
        .body
    expect(await order('retry', { all: true }, true)).toEqual({ matched: 3, changed: 0 })
    expect(await order('retry', { queue: 'slow' }, true)).toEqual({ matched: 0, changed: 0 })
    expect(await order('delete', { fromId: second, toId: third }, true)).toEqual({ matched: 2, changed: 0 })
    expect(await order('retry', { failedTo: '2001-01-01T00:00:00Z' })).toEqual({ matched: 0, changed: 0 })
    expect(await order('retry', { ids: [first], queue: 'mail', type: 'send' })).toEqual({ matched: 1, changed: 1 })
    expect(await order('delete', { fromId: second, toId: second })).toEqual({ matched: 1, changed: 1 })
    expect(await order('delete', { all: true, failedFrom: '2001-01-01T00:00:00Z' })).toEqual({ matched: 1, changed: 1 })
    expect((await api.call('GET /jobs/counts')).body).toMatchObject({ counts: { failed: 0, pending: 4 } })
    expect(await audited(api)).toEqual([
      'job:delete done 1',
      'job:delete done 1',
      'job:retry done 1',
      'job:retry done 0',
    ])
  })

  test('failed jobs are listed with what ended them, and counted', async () => {
    const api = await openApi(harness())
    const { failed } = await makeHistory(api.store)
    const [first, second, third] = failed
    const list = async (query: string) =>
      (await api.call(`GET /failed-jobs?${query}`)).body as {
        jobs: { id: string }[]
        total: number
        nextCursor: string | null
      }
    const all = await list('')
    expect(all).toMatchObject({ total: 3, totalIsCapped: false, nextCursor: null })
    expect(all.jobs).toMatchObject([{ id: String(third) }, { id: String(second) }, { id: String(first) }])
    expect(all.jobs[0]).toMatchObject({
      failure: { kind: 'error', errorClass: 'TypeError', message: 'no such address', attempt: 1 },
    })
    expect(await list(`fromId=${second}&toId=${second}`)).toMatchObject({ total: 1, jobs: [{ id: String(second) }] })
    expect(await list('failedTo=2001-01-01')).toMatchObject({ total: 0, jobs: [] })
    expect(await list('queue=slow')).toMatchObject({ total: 0, jobs: [] })
    const page = await list('limit=2&queue=mail&type=send')
    expect(page.jobs.map(({ id }) => Number(id))).toEqual([third, second])
    const rest = await list(`limit=2&queue=mail&type=send&cursor=${page.nextCursor}`)
    expect(rest).toMatchObject({ jobs: [{ id: String(first) }], nextCursor: null, total: 3 })
  })
})
