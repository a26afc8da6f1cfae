import { describe, expect, test } from 'vitest'
import { bringTo, startStation } from '../../src/storage/conformance/store-steps.ts'
import { newReport } from '../../src/storage/conformance/workers.suite.ts'
import type { StationPool } from '../../src/storage/worker-store.ts'
import { type Answer, actorOf, bothStores, type OpenedApi, openApi } from './open-api.ts'

const emails: StationPool = { name: 'emails', kind: 'process', queues: ['mail'], processes: 2, min: 1, max: 4 }
const rest: StationPool = { ...emails, name: 'rest', queues: ['*'], max: 8 }

/** Two stations with one label: a with the pools emails and rest, b with rest alone. */
async function openFleet(harness: Parameters<typeof openApi>[0]): Promise<OpenedApi> {
  const api = await openApi(harness)
  const { store } = api
  await startStation(store, { label: 'north' })
  await startStation(store, { id: 'station-b', host: 'host-2', label: 'north' })
  const one = newReport({ id: 'w_1', pool: 'emails', startedAt: await store.metrics.now() })
  const two = newReport({
    id: 'w_2',
    stationId: 'station-b',
    pool: 'rest',
    status: 'idle',
    runningCount: 0,
    running: [],
  })
  await store.workers.beat({ stationId: 'station-a', reports: [one], pools: [emails, rest] })
  await store.workers.beat({ stationId: 'station-b', reports: [two], pools: [rest] })
  return api
}

describe.each(bothStores)('workers on %s', (_name, harness) => {
  const order = (api: OpenedApi, body: object): Promise<Answer> => api.call('POST /workers/orders', { body })
  const idsOf = ({ body }: Answer): readonly string[] =>
    (body as { orders: { station: string }[] }).orders.map(({ station }) => station)

  test('are listed with their stations, pools and figures, and each is shown alone', async () => {
    const api = await openFleet(harness())
    const { body } = await api.call('GET /workers')
    expect(body).toMatchObject({
      statistics: { total: 2, active: 1, idle: 1, capacity: 20, healthy: 2, running: 1, jobsDone: 14 },
      stations: [
        { id: 'station-a', state: 'alive', sharesLabel: true },
        { id: 'station-b', label: 'north', sharesLabel: true },
      ],
      pools: [
        { id: 'station-a/emails', processes: 2, min: 1, max: 4, paused: false },
        { id: 'station-a/rest' },
        { id: 'station-b/rest' },
      ],
      workers: [
        {
          id: 'w_1',
          host: 'host-1',
          status: 'active',
          healthy: true,
          running: [{ id: '17', type: 'send', queue: 'mail' }],
        },
        { id: 'w_2', host: 'host-2', status: 'idle', lastExit: { code: 12 } },
      ],
      orders: [],
    })
    expect((await api.call('GET /workers/w_1')).body).toMatchObject({
      id: 'w_1',
      memoryHistory: [50_000_000, 60_000_000],
    })
    expect((await api.call('GET /workers/w_9')).body).toMatchObject({ status: 404, code: 'WORKER_NOT_FOUND' })
  })

  test('are not healthy without a heartbeat, lost with the lease of their station, stopped with it', async () => {
    const api = await openFleet(harness())
    const shown = async (): Promise<readonly unknown[]> => {
      const { workers } = (await api.call('GET /workers')).body as {
        workers: { id: string; status: string; ailments: { code: string }[] }[]
      }
      return workers.map(({ id, status, ailments }) => [id, status, ailments.map(({ code }) => code).join()])
    }
    await api.advance(9_000)
    await api.store.stations.renew('station-a', 300_000)
    await api.store.stations.retire('station-b')
    await api.advance(112_000)
    expect(await shown()).toEqual([
      ['w_1', 'active', 'heartbeat_old'],
      ['w_2', 'stopped', 'ended,heartbeat_old'],
    ])
    await api.advance(300_000)
    expect(await shown()).toMatchObject([
      ['w_1', 'lost', 'lost,heartbeat_old'],
      ['w_2', 'stopped', expect.anything()],
    ])
    expect((await api.call('GET /workers')).body).toMatchObject({ statistics: { total: 0, lost: 1 }, pools: [] })
    // It told of a job: that one has gone back to its queue.
    const { body } = await api.call('GET /workers/w_1')
    expect(body).toMatchObject({ status: 'lost', running: [], runningCount: 0 })
  })

  test('are told something: one row for each live station that is reached, pending until it is answered', async () => {
    const api = await openFleet(harness())
    const paused = await order(api, { kind: 'pause', target: { worker: 'w_1' } })
    expect(paused).toMatchObject({
      status: 201,
      body: {
        orders: [{ station: 'station-a', worker: 'w_1', state: 'pending', by: { kind: 'token', name: 'a admin' } }],
      },
    })
    expect(idsOf(await order(api, { kind: 'restart', target: { pool: 'rest' } }))).toEqual(['station-a', 'station-b'])
    expect(idsOf(await order(api, { kind: 'stop', target: { pool: 'rest', station: 'station-b' } }))).toEqual([
      'station-b',
    ])
    expect(idsOf(await order(api, { kind: 'resume', target: { all: true } }))).toHaveLength(2)
    expect(idsOf(await order(api, { kind: 'stop_now', target: { station: 'station-b' } }))).toEqual(['station-b'])
    expect((await api.call('GET /workers')).body).toMatchObject({ orders: { length: 7 } })
    const [first] = (await api.store.orders.pending('station-a')).filter(({ workerId }) => workerId === 'w_1')
    await api.store.orders.answer(first?.id ?? 0, { state: 'done', answer: null })
    expect((await api.call('GET /workers/w_1')).body).toMatchObject({
      orders: [{ kind: 'resume' }, { kind: 'pause', state: 'done', answeredAt: expect.any(String) }],
    })
    await api.advance(60_000)
    expect((await api.call('GET /workers/orders?limit=2')).body).toMatchObject({
      orders: [{ state: 'expired' }, { state: 'expired' }],
    })
    expect((await api.call('GET /workers/orders?pending=true')).body).toMatchObject({ orders: [] })
    expect((await api.call('GET /workers/orders?station=station-a&limit=200')).body).toMatchObject({
      orders: { length: 3 },
    })
    expect((await api.call('GET /audit')).body).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ action: 'worker:restart', target: 'pool rest', count: 2 }),
      ]),
    })
  })

  test('are scaled within what their machine allows, all or none', async () => {
    const api = await openFleet(harness())
    expect((await order(api, { kind: 'scale', target: { pool: 'emails' }, processes: 4 })).status).toBe(201)
    const beyond = await order(api, { kind: 'scale', target: { pool: 'emails' }, processes: 5 })
    expect(beyond).toMatchObject({ status: 409, body: { code: 'ORDER_REFUSED', details: { min: 1, max: 4 } } })
    await api.store.workers.beat({ stationId: 'station-b', reports: [], pools: [{ ...rest, max: 2 }] })
    const half = await order(api, { kind: 'scale', target: { pool: 'rest' }, processes: 6 })
    expect(half).toMatchObject({ status: 409, body: { detail: expect.stringContaining('north on host-2') } })
    expect(await api.store.orders.list({ limit: 10 })).toHaveLength(1)
  })

  test.each<[name: string, body: object, code: string, says: string]>([
    ['a worker that never was', { kind: 'stop', target: { worker: 'w_9' } }, 'WORKER_NOT_FOUND', "no worker 'w_9'"],
    ['an unknown pool', { kind: 'stop', target: { pool: 'email' } }, 'POOL_NOT_FOUND', "did you mean 'emails'"],
    ['an unknown station', { kind: 'stop', target: { station: 'south' } }, 'STATION_NOT_FOUND', "'south'"],
    [
      'a label of two',
      { kind: 'stop', target: { station: 'north' } },
      'ORDER_REFUSED',
      'station-a on host-1, station-b on host-2',
    ],
    ['nobody', { kind: 'stop', target: {} }, 'OPTION_INVALID', 'name one of'],
    ['a worker and all', { kind: 'stop', target: { worker: 'w_1', all: true } }, 'OPTION_INVALID', 'name one of'],
    ['a worker of a pool', { kind: 'stop', target: { worker: 'w_1', pool: 'rest' } }, 'OPTION_INVALID', 'name one of'],
    ['to scale without a number', { kind: 'scale', target: { pool: 'rest' } }, 'OPTION_INVALID', 'how many processes'],
    ['to scale all', { kind: 'scale', target: { all: true }, processes: 2 }, 'OPTION_INVALID', 'name a pool'],
    ['a number with a stop', { kind: 'stop', target: { pool: 'rest' }, processes: 2 }, 'OPTION_INVALID', 'takes none'],
    ['to cancel a job', { kind: 'cancel_job', target: { all: true } }, 'BODY_INVALID', 'kind'],
  ])('refuse an order for %s', async (...[, body, code, says]) => {
    const api = await openFleet(harness())
    const answer = await order(api, body)
    expect(answer.body).toMatchObject({ code })
    expect(JSON.stringify(answer.body)).toContain(says.replaceAll('"', '\\"'))
    expect(await api.store.orders.list({ limit: 10 })).toEqual([])
  })

  test('that are gone are said to be, with why', async () => {
    const api = await openFleet(harness())
    await api.advance(10_001)
    const answer = await order(api, { kind: 'stop', target: { worker: 'w_1' } })
    expect(answer).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('its station on host-1 was lost') },
    })
    expect((await order(api, { kind: 'stop', target: { all: true } })).body).toMatchObject({
      code: 'STATION_NOT_FOUND',
    })
  })

  test('show a job to whoever reaches its queue, and all of them where an older program does not tell it; they take orders from nobody else', async () => {
    const api = await openFleet(harness())
    const of = (queue: string | null) => ({ id: 17, type: 'send', queue, startedAt: 1_500 })
    const running = async (queues: readonly string[], served: readonly string[] = ['mail']): Promise<unknown> => {
      const jobs = [of('mail'), of('secret'), of(null)]
      await api.store.workers.beat({
        stationId: 'station-a',
        reports: [newReport({ id: 'w_1', queues: served, running: jobs })],
        pools: [emails],
      })
      const { body } = await api.call('GET /workers/w_1', { actor: actorOf('viewer', queues) })
      return (body as { running: unknown[] }).running.length
    }
    expect([await running(['mail', 'bills']), await running(['bills'])]).toEqual([2, 0])
    expect([await running(['mail'], ['*']), await running(['mail'], ['mail', 'secret'])]).toEqual([1, 1])
    const actor = actorOf('operator', ['mail'])
    expect(
      (await api.call('POST /workers/orders', { actor, body: { kind: 'stop', target: { all: true } } })).status,
    ).toBe(403)
  })

  test('a running job is cancelled by an order to its station, and stays as it is until that is done', async () => {
    const api = await openFleet(harness())
    const id = await bringTo(api.store, 'processing')
    expect((await api.call(`GET /jobs/${id}`)).body).toMatchObject({ actions: ['cancel'] })
    expect((await api.call(`POST /jobs/${id}/cancel`)).body).toMatchObject({ state: 'processing' })
    expect(await api.store.orders.pending('station-a')).toMatchObject([{ kind: 'cancel_job', jobId: id, claimSeq: 1 }])
    const reports = [
      newReport({ id: 'w_1', running: [{ id, type: 'send', queue: 'mail', startedAt: 1_500 }] }),
      newReport({ id: 'w_2' }),
    ]
    await api.store.workers.beat({ stationId: 'station-a', reports, pools: [emails] })
    const ordersOf = async (worker: string) =>
      ((await api.call(`GET /workers/${worker}`)).body as { orders: unknown }).orders
    expect(await ordersOf('w_1'), 'the page of the worker that runs it says so').toMatchObject([{ kind: 'cancel_job' }])
    expect(await ordersOf('w_2')).toEqual([])
    const many = await api.call('POST /jobs/actions', { body: { action: 'cancel', ids: [String(id)] } })
    expect(many.body).toEqual({ matched: 1, changed: 1, refused: [] })
    await api.store.stations.retire('station-a')
    expect((await api.call(`GET /jobs/${id}`)).body).toMatchObject({ state: 'cancelled' })
    expect((await api.call(`POST /jobs/${id}/cancel`)).body).toMatchObject({ code: 'JOB_NOT_WAITING' })
  })
})
