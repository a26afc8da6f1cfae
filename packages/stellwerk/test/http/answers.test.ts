import { describe, expect, test } from 'vitest'
import { newJob, newStation } from '../../src/storage/conformance/sample-records.ts'
import { makeHistory } from './job-history.ts'
import { actorOf, bothStores, openApi } from './open-api.ts'

const job = newJob()
const station = newStation()
const kept = { state: 'completed', type: 'send', queue: 'mail', attempt: 1, tries: 3, failureKind: null }

describe.each(bothStores)('the interface on %s', (_name, harness) => {
  test('shows a job with payload, result, attempts, lines and what can be done with it', async () => {
    const { store, call } = await openApi(harness())
    const history = await makeHistory(store)
    const { body } = await call(`GET /jobs/${history.completed}`)
    expect(body).toMatchObject({ ...kept, id: String(history.completed), payload: { to: 1 }, result: { ok: true } })
    expect(body).toMatchObject({
      payloadHidden: false,
      payloadKept: true,
      attempts: [],
      actions: ['retry', 'delete', 'archive'],
    })
    const uuid = String((body as { uuid: string }).uuid)
    expect((await call(`GET /jobs/${uuid.toUpperCase()}`)).body).toEqual(body)
    const failed = await call(`GET /jobs/${history.failed[0]}`)
    expect(failed.body).toMatchObject({
      state: 'failed',
      errorClass: 'TypeError',
      attempts: [{ attempt: 1, kind: 'error' }],
    })
    const logs = await call(`GET /jobs/${history.completed}/logs`)
    expect(logs.body).toMatchObject({ lines: [{ kind: 'log', level: 'info', attempt: 1 }], omitted: 0 })
    expect((await call(`GET /jobs/${history.processing}`)).body).toMatchObject({
      state: 'processing',
      actions: ['cancel'],
    })
  })

  test('hides payload and result from who may not read them, and offers only what they may do', async () => {
    const { store, call } = await openApi(harness())
    const { completed } = await makeHistory(store)
    const { body } = await call(`GET /jobs/${completed}`, { actor: actorOf('viewer') })
    expect(body).toMatchObject({ payload: null, result: null, payloadHidden: true, payloadKept: true, actions: [] })
  })

  test('lists jobs by state, type, queue and text, page by page', async () => {
    const { store, call } = await openApi(harness())
    const history = await makeHistory(store)
    const idsOf = async (query: string): Promise<readonly number[]> => {
      const { body } = await call(`GET /jobs?${query}`)
      return (body as { jobs: { id: string }[] }).jobs.map(({ id }) => Number(id))
    }
    expect(await idsOf('state=failed')).toEqual(history.failed.toReversed())
    expect(await idsOf('state=scheduled,cancelled')).toEqual([history.cancelled, history.scheduled])
    expect(await idsOf('type=noop')).toEqual([history.pending[2]])
    expect(await idsOf('type=noop,send&queue=slow')).toEqual([history.pending[2]])
    expect(await idsOf('type=nothing')).toEqual([])
    expect(await idsOf('q=SLO')).toEqual([history.pending[2]])
    expect(await idsOf('q=no%20such%20ADDRESS')).toEqual(history.failed.toReversed())
    expect(await idsOf('q=%25')).toEqual([])
    expect(await idsOf('q=s_ow')).toEqual([])
    expect(await idsOf(`q=${history.completed}`)).toEqual([history.completed])
    expect(await idsOf('q=999999')).toEqual([])
    expect(await idsOf('createdTo=2001-01-01')).toEqual([])
    expect(await idsOf('createdFrom=2001-01-01&limit=200')).toHaveLength(11)
    const pages: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await call(`GET /jobs?limit=4${cursor && `&cursor=${cursor}`}`)
      const page = body as { jobs: { id: string }[]; nextCursor: string | null }
      pages.push(...page.jobs.map(({ id }) => Number(id)))
      cursor = page.nextCursor
    }
    expect(pages).toHaveLength(11)
    expect(pages).toEqual(pages.toSorted((one, other) => other - one))
  })

  test('counts jobs by state, of a queue and of types', async () => {
    const { store, call } = await openApi(harness())
    await makeHistory(store)
    const counts = {
      scheduled: 1,
      pending: 3,
      blocked: 0,
      processing: 1,
      retrying: 1,
      completed: 1,
      failed: 3,
      cancelled: 1,
    }
    expect((await call('GET /jobs/counts')).body).toEqual({ counts })
    expect((await call('GET /jobs/counts?queue=slow')).body).toMatchObject({ counts: { pending: 1, failed: 0 } })
    expect((await call('GET /jobs/counts?type=send,noop&queue=mail')).body).toMatchObject({ counts: { pending: 2 } })
  })

  test('shows queues with their last hour, and one that nobody serves as stuck', async () => {
    const { store, call, advance } = await openApi(harness())
    await makeHistory(store)
    await advance(60_000)
    await store.stations.renew('station-a', 10_000)
    const { body } = await call('GET /queues')
    expect(body).toMatchObject({
      queues: [
        {
          queue: 'mail',
          counts: { failed: 3, processing: 1 },
          status: 'running',
          stations: 1,
          failuresPerHour: 4,
          failureRatio: 0.8,
          averageWaitMs: 12,
          throughputPerMinute: 5,
          timeToDrainMs: 24_000,
        },
        {
          queue: 'slow',
          status: 'stuck',
          stations: 0,
          unservedTypes: ['noop'],
          failureRatio: null,
          p95RunMs: null,
          timeToDrainMs: null,
        },
      ],
    })
    const { sparkline } = (body as { queues: { sparkline: number[] }[] }).queues[0] ?? { sparkline: [] }
    expect(sparkline.slice(-2)).toEqual([5, 0])
    expect((await call('GET /queues/slow')).body).toMatchObject({ queue: 'slow', oldestWaitMs: 60_000 })
    expect(await call('GET /queues/slwo')).toMatchObject({
      status: 404,
      body: { code: 'QUEUE_NOT_FOUND', detail: "no queue 'slwo' holds or held a job; did you mean 'slow'?" },
    })
  })

  test('shows the state of the whole on one page', async () => {
    const { store, call, advance } = await openApi(harness())
    const history = await makeHistory(store)
    await advance(60_000)
    await store.stations.renew('station-a', 10_000)
    const { body } = await call('GET /overview')
    expect(body).toMatchObject({
      verdict: {
        state: 'degraded',
        since: null,
        reasons: [{ code: 'types_unserved', params: { queue: 'slow', type: 'noop' } }],
      },
      vitals: {
        oldestWaitMs: 60_000,
        stationsAlive: 1,
        stationsLost: 0,
        capacity: 10,
        processing: 1,
        throughputPerMinute: 5,
        failureRatio: 0.8,
      },
      counts: { pending: 3 },
      queues: [{ queue: 'slow' }, { queue: 'mail' }],
      running: [{ id: String(history.processing), forMs: 60_000 }],
      failures: history.failed.toReversed().map((id) => ({ id: String(id), failure: { message: 'no such address' } })),
    })
    const seen = await call('GET /overview', { actor: actorOf('viewer', ['mail']) })
    expect(seen.body).toMatchObject({
      verdict: { state: 'quiet' },
      queues: [{ queue: 'mail' }],
      counts: { pending: 2 },
    })
  })

  test('says since when the whole is as it is, once it was seen to change', async () => {
    const { store, call, advance } = await openApi(harness())
    expect((await call('GET /overview')).body).toMatchObject({ verdict: { state: 'quiet', since: null, reasons: [] } })
    await store.dispatch.insertJobs({ token: 'one', jobs: [job] })
    await advance(1_000)
    const { body } = await call('GET /overview')
    expect(body).toMatchObject({ verdict: { state: 'down', reasons: [{ code: 'no_station' }] } })
    const { at, verdict } = body as { at: string; verdict: { since: string } }
    expect(verdict.since).toBe(at)
  })

  test('shows stations: alive, lost, and stopped by themselves, with what they hold', async () => {
    const { store, call, advance } = await openApi(harness())
    await makeHistory(store)
    await store.stations.register({ ...station, id: 'station-b' })
    await advance(5_000)
    await store.stations.retire('station-b')
    await store.stations.renew('station-a', 10_000)
    const states = async (): Promise<unknown> =>
      ((await call('GET /stations')).body as { stations: object[] }).stations.map((entry) => ({
        ...('id' in entry && { id: entry.id }),
        ...('state' in entry && { state: entry.state }),
        ...('processing' in entry && { processing: entry.processing }),
        ...('uptimeMs' in entry && { uptimeMs: entry.uptimeMs }),
      }))
    expect(await states()).toEqual([
      { id: 'station-a', state: 'alive', processing: 1, uptimeMs: 5_000 },
      { id: 'station-b', state: 'stopped', processing: 0, uptimeMs: 5_000 },
    ])
    await advance(11_000)
    expect(await states()).toMatchObject([{ state: 'lost', processing: 1, uptimeMs: 15_000 }, { state: 'stopped' }])
    await store.stations.rescue('station-a', { running: [] })
    expect(await states()).toMatchObject([{ state: 'lost', processing: 0, uptimeMs: 15_000 }, { state: 'stopped' }])
    expect((await call('GET /overview')).body).toMatchObject({ vitals: { stationsLost: 1 } })
  })

  test('gives figures per minute, and at most so many spans of them', async () => {
    const { store, call } = await openApi(harness())
    await makeHistory(store)
    const { body } = await call('GET /metrics?queue=mail')
    expect(body).toMatchObject({ by: 'minute', stepMs: 60_000 })
    const { rows } = body as { rows: { outcome: string; count: number; run: { maxMs: number } }[] }
    expect(rows.map(({ outcome, count }) => `${outcome} ${count}`).toSorted()).toEqual([
      'completed 1',
      'failed 3',
      'retrying 1',
    ])
    expect(rows[0]?.run.maxMs).toBe(34)
    expect((await call('GET /metrics?queue=slow')).body).toMatchObject({ rows: [] })
    const long = await call('GET /metrics?from=1500-01-01&to=2500-01-01')
    const { from, to, stepMs } = long.body as { from: string; to: string; stepMs: number }
    expect((Date.parse(to) - Date.parse(from)) / stepMs).toBeLessThanOrEqual(360)
    expect((long.body as { rows: unknown[] }).rows).toHaveLength(3)
  })

  test('knows which types can be dispatched and which are served', async () => {
    const { store, call } = await openApi(harness())
    await makeHistory(store)
    await store.dispatch.insertJobs({ token: 'one', jobs: [{ ...job, type: 'foreign' }] })
    expect((await call('GET /types')).body).toEqual({
      types: [
        { type: 'foreign', queue: null, dispatchable: false, served: false, schema: null },
        { type: 'noop', queue: 'default', dispatchable: true, served: false, schema: null },
        {
          type: 'send',
          queue: 'mail',
          dispatchable: true,
          served: true,
          schema: expect.objectContaining({ type: 'object', required: ['to'] }),
        },
      ],
    })
  })

  test('lists tokens without their text, and the audit log with what was done', async () => {
    const { store, call } = await openApi(harness())
    const { failed } = await makeHistory(store)
    const made = await call('POST /tokens', {
      body: { name: 'deploy', role: 'producer', queues: ['mail'], lifetime: '90d' },
    })
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'deploy', role: 'producer', queues: ['mail'], text: expect.stringMatching(/^stw_/) },
    })
    const { tokens } = (await call('GET /tokens')).body as { tokens: { id: string; prefix: string }[] }
    expect(tokens).toHaveLength(1)
    expect(JSON.stringify(tokens)).not.toContain((made.body as { text: string }).text)
    expect((await call(`DELETE /tokens/${tokens[0]?.id}`)).status).toBe(204)
    expect((await call('DELETE /tokens/999')).body).toMatchObject({ status: 404, code: 'TOKEN_NOT_FOUND' })
    await call(`POST /jobs/${failed[0]}/retry`)
    const first = (await call('GET /audit?limit=2')).body as { entries: unknown[]; nextCursor: string }
    expect(first.entries).toMatchObject([
      {
        action: 'job:retry',
        target: `job ${failed[0]}`,
        before: { state: 'failed' },
        after: { state: 'pending' },
        outcome: 'done',
      },
      { action: 'token:revoke', outcome: 'refused', reason: 'TOKEN_NOT_FOUND' },
    ])
    const next = await call(`GET /audit?limit=2&cursor=${first.nextCursor}`)
    expect(next.body).toMatchObject({
      entries: [{ action: 'token:revoke', outcome: 'done' }, { action: 'token:create' }],
      nextCursor: null,
    })
    expect((await call('GET /audit?outcome=refused&action=token:revoke')).body).toMatchObject({
      entries: [{ reason: 'TOKEN_NOT_FOUND' }],
    })
  })
})
