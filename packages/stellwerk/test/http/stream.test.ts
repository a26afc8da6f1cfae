import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { createNodeListener } from '../../src/http/node-listener.ts'
import { StreamHub } from '../../src/http/stream/stream-hub.ts'
import { createToken } from '../../src/operations/create-token.ts'
import { revokeToken } from '../../src/operations/revoke-token.ts'
import { silentLog } from '../../src/std/log.ts'
import { FaultProxy } from '../setup/fault-proxy.ts'
import { greet, listen, newToken, openTestRoom, openTestStellwerk } from './open-room.ts'
import { type EventFields, parseEvents } from './read-events.ts'

interface Following {
  readonly status: number
  /** What came so far. */
  readonly text: () => string
  readonly events: () => readonly (readonly [string, EventFields])[]
  readonly leave: () => Promise<void>
}

/** Opens a stream by `.fetch` and reads it until the test has finished. */
async function follow(ask: ReturnType<typeof openTestRoom>['ask'], topics: string, token: string): Promise<Following> {
  const response = await ask(`/api/v1/stream?topics=${topics}`, { headers: { authorization: `Bearer ${token}` } })
  let text = ''
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  const read = async (): Promise<void> => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) text += decoder.decode(chunk.value)
  }
  const ended = read().catch(() => {})
  const leave = async (): Promise<void> => {
    await reader.cancel()
    await ended
  }
  onTestFinished(leave)
  return { status: response.status, text: () => text, events: () => parseEvents(text), leave }
}

const named = (following: Following, name: string): readonly EventFields[] =>
  following.events().flatMap(([event, fields]) => (event === name ? [fields] : []))

/** How often the store was asked for the counters that every view of queues begins with. */
function countReadings(stellwerk: Stellwerk) {
  return vi.spyOn(stellwerk.deps().store.metrics, 'tallies')
}

test('five viewers and a list that is asked for cost what one viewer costs', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const tokens = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(() => newToken(stellwerk, 'viewer')))
  const startedMs = performance.now()
  const readings = countReadings(stellwerk)
  const viewers = await Promise.all(tokens.map((token) => follow(ask, 'queues', token)))
  for (const [index, token] of tokens.entries()) {
    await vi.waitFor(() => expect(named(viewers[index] as Following, 'snapshot')).toHaveLength(1), 20_000)
    await ask('/api/v1/queues', { headers: { authorization: `Bearer ${token}` } })
  }
  await vi.waitFor(() => expect(readings.mock.calls.length).toBeGreaterThanOrEqual(3), 20_000)
  const seconds = (performance.now() - startedMs) / 1_000
  expect(readings.mock.calls.length).toBeLessThanOrEqual(Math.ceil(seconds / 0.9) + 2)
  for (const viewer of viewers) await viewer.leave()
})

test('what a viewer may not see never comes over the stream, whoever else looks', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  await stellwerk.dispatch('remember', { note: 'canary-payload' })
  await stellwerk.dispatch('greet', undefined, { queue: 'hidden-queue' })
  const admin = await newToken(stellwerk, 'admin')
  const viewer = await newToken(stellwerk, 'viewer')
  const narrow = await newToken(stellwerk, 'operator', ['mail'])
  const topics = 'overview,queues,stations,jobs,failed-jobs,job%3A1,job%3A2'
  const all = await follow(ask, topics, admin)
  const some = await follow(ask, topics, viewer)
  const few = await follow(ask, topics, narrow)
  for (const { text } of [all, some, few])
    await vi.waitFor(() => expect(parseEvents(text()).length).toBeGreaterThanOrEqual(7), 20_000)
  await stellwerk.dispatch('remember', { note: 'canary-payload' }, { queue: 'hidden-queue' })
  await vi.waitFor(() => expect(named(all, 'patch').length).toBeGreaterThanOrEqual(3), 20_000)
  await vi.waitFor(() => expect(named(some, 'patch').length).toBeGreaterThanOrEqual(3), 20_000)
  expect(all.text()).toContain('canary-payload')
  expect(all.text()).toContain('hidden-queue')
  expect(some.text()).not.toContain('canary-payload')
  expect(some.text()).toContain('hidden-queue')
  expect(few.text()).toContain('canary-payload')
  expect(few.text()).not.toContain('hidden-queue')
  expect(named(few, 'gone')).toEqual([{ topic: 'job:2', code: 'JOB_NOT_FOUND' }])
})

test('a stream is refused where the GET of all that it asks for would be', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk, {
    authorize: (request) => {
      const given = request.headers.get('x-known')
      return given === null ? null : given === '1' ? { permissions: ['queue:read'] } : 'viewer'
    },
  })
  const status = async (topics: string, headers: Record<string, string> = { 'x-known': '1' }) =>
    (await ask(`/api/v1/stream?topics=${topics}`, { headers })).status
  expect(await status('overview', {})).toBe(401)
  expect(await status('jobs')).toBe(403)
  expect(await status('job%3A1')).toBe(403)
  for (const wrong of ['', 'overviw', 'jobs%3Fstat%3Dfailed', 'job%3A0', 'job%3Ax', 'tokens', 'audit', '__proto__'])
    expect([wrong, await status(wrong, { 'x-known': 'viewer' })]).toEqual([wrong, 400])
  expect(
    await status(Array.from({ length: 21 }, (_, index) => `jobs%3Flimit%3D${index + 1}`).join(','), {
      'x-known': 'viewer',
    }),
  ).toBe(400)
})

test('a topic that is none, or not theirs, is told apart and keeps none of the others back', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const token = await newToken(stellwerk, 'viewer')
  const following = await follow(ask, 'overview,jobs%3Fstat%3Dfailed,job%3A0', token)
  expect(following.status).toBe(200)
  await vi.waitFor(() => expect(named(following, 'snapshot')).toHaveLength(1), 20_000)
  expect(named(following, 'refused')).toEqual([
    { topic: 'jobs?stat=failed', code: 'PARAMETER_INVALID', detail: expect.stringContaining('stat') },
    { topic: 'job:0', code: 'PARAMETER_INVALID', detail: expect.stringContaining('job:0') },
  ])
  const producer = openTestRoom(stellwerk, { authorize: () => ({ permissions: ['queue:read'] }) })
  const theirs = await follow(producer.ask, 'overview,stations', token)
  await vi.waitFor(() => expect(named(theirs, 'snapshot')).toHaveLength(1), 20_000)
  expect(named(theirs, 'refused')).toMatchObject([{ topic: 'stations', code: 'PERMISSION_DENIED' }])
})

test('a filter with commas is one topic, however a client escapes it', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const token = await newToken(stellwerk, 'viewer')
  const once = await follow(ask, `overview,${encodeURIComponent('jobs?state=failed,retrying')}`, token)
  const twice = await follow(
    ask,
    encodeURIComponent(`overview,${encodeURIComponent('jobs?state=failed,retrying')}`),
    token,
  )
  for (const { events } of [once, twice]) await vi.waitFor(() => expect(events()).toHaveLength(2), 20_000)
  expect(
    named(once, 'snapshot')
      .map(({ topic }) => topic)
      .toSorted(),
  ).toEqual(['jobs?state=failed,retrying', 'overview'])
  expect(named(twice, 'snapshot')).toHaveLength(2)
})

test('a stream ends soon after its token was revoked', { timeout: 40_000 }, async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const { token, text } = await createToken(stellwerk.deps(), { name: 'ada', role: 'viewer' })
  const response = await ask('/api/v1/stream?topics=queues', { headers: { authorization: `Bearer ${text}` } })
  await revokeToken(stellwerk.deps(), token.id)
  const startedMs = performance.now()
  for await (const _ of response.body as ReadableStream<Uint8Array>);
  expect(performance.now() - startedMs).toBeLessThan(20_000)
})

test('while the store is away the stream stays open and says so; it goes on by itself', {
  timeout: 60_000,
}, async () => {
  const proxy = await FaultProxy.start(inject('postgresUrl'))
  onTestFinished(() => proxy.close())
  const stellwerk = await openTestStellwerk({
    store: proxy.through(inject('postgresUrl')),
    schema: `stream_${process.pid}`,
  })
  const { ask } = openTestRoom(stellwerk, { authorize: () => 'admin' })
  const viewer = await follow(ask, 'queues', '')
  await vi.waitFor(() => expect(named(viewer, 'snapshot')).toHaveLength(1), 20_000)
  proxy.goDown()
  await vi.waitFor(() => expect(named(viewer, 'stale')).toHaveLength(1), 20_000)
  expect(named(viewer, 'stale')[0]).toMatchObject({ topic: 'queues', code: expect.stringMatching(/^STORE_/) })
  const answer = await ask('/api/v1/queues')
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ code: expect.stringMatching(/^STORE_/) }),
  ])
  proxy.comeUp()
  await vi.waitFor(() => expect(named(viewer, 'snapshot')).toHaveLength(2), 20_000)
  await stellwerk.dispatch(greet, undefined)
  await vi.waitFor(() => expect(named(viewer, 'patch').length).toBeGreaterThan(0), 20_000)
})

test('closing the Stellwerk ends its streams, and none opens any more', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const token = await newToken(stellwerk, 'viewer')
  const response = await ask('/api/v1/stream?topics=queues', { headers: { authorization: `Bearer ${token}` } })
  const drained = (async () => {
    for await (const _ of response.body as ReadableStream<Uint8Array>);
  })()
  await stellwerk.close()
  await drained
  const late = await ask('/api/v1/stream?topics=queues', { headers: { authorization: `Bearer ${token}` } })
  expect([late.status, await late.json()]).toEqual([503, expect.objectContaining({ code: 'CLOSED' })])
})

/** A hub over one view whose value changes wholly with every reading, of `size` bytes. */
function changingHub(size: number, total: number) {
  const hub = new StreamHub({ log: silentLog, limits: { perActor: total, total } })
  let version = 0
  const view = {
    topic: 'overview',
    key: 'overview',
    read: async () => ({ value: { text: String(version++).padEnd(size, 'x') }, startedMs: 0, tookMs: 0 }),
    now: async () => '2026-11-22T10:00:00.000Z',
  }
  const open = () => hub.open({ actorKey: 'ada', views: [view], isStillAllowed: async () => true })
  onTestFinished(() => hub.close())
  return { hub, open, versions: () => version }
}

test('a thousand readers that do not read cost no memory, and are dropped', async () => {
  const { hub, open, versions } = changingHub(64 * 1024, 1_000)
  const streams = Array.from({ length: 1_000 }, open)
  const before = process.memoryUsage().rss
  let most = before
  for (let round = 0; hub.size > 0 && round < 50; round++) {
    const reached = versions()
    hub.nudge()
    await vi.waitFor(() => expect(versions() > reached || hub.size === 0).toBe(true), 20_000)
    most = Math.max(most, process.memoryUsage().rss)
  }
  expect(hub.size).toBe(0)
  expect(streams).toHaveLength(1_000)
  expect((most - before) / 1_048_576).toBeLessThan(50)
})

test('a connection that stops reading is cut, and the others go on', async () => {
  const { hub, open, versions } = changingHub(1_048_576, 10)
  const server = createServer(createNodeListener(async () => new Response(open())))
  const address = await listen(server)
  const reader = await fetch(`http://${address}/`)
  let bytes = 0
  const reading = (async () => {
    for await (const chunk of reader.body as ReadableStream<Uint8Array>) bytes += chunk.length
  })()
  const [host = '', port = ''] = address.split(':')
  const stuck = connect(Number(port), host)
  stuck.on('error', () => {})
  stuck.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`)
  stuck.pause()
  await vi.waitFor(() => expect(hub.size).toBe(2), 20_000)
  for (let round = 0; hub.size > 1 && round < 200; round++) {
    const [reached, read] = [versions(), bytes]
    hub.nudge()
    await vi.waitFor(() => expect(versions()).toBeGreaterThan(reached), 20_000)
    await vi.waitFor(() => expect(bytes).toBeGreaterThan(read), 20_000)
  }
  expect(hub.size).toBe(1)
  stuck.destroy()
  hub.close()
  await reading
})
