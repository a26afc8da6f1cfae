import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readEvents } from '../../../test/http/read-events.ts'
import { silentLog } from '../../std/log.ts'
import { StreamHub } from './stream-hub.ts'
import type { TopicView } from './topic-view.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const always = async (): Promise<boolean> => true

function viewOf(topic: string, key = topic) {
  const read = vi.fn(async () => ({ value: { topic, key }, startedMs: 0, tookMs: 0 }))
  const view: TopicView = { topic, key, read, now: async () => '2026-11-22T10:00:00.000Z' }
  return { view, read }
}

test('viewers of one view share its sampler, another view has its own', async () => {
  const hub = new StreamHub({ log: silentLog })
  const all = viewOf('overview', 'overview|all')
  const mail = viewOf('overview', 'overview|mail')
  const streams = [all.view, all.view, all.view, mail.view].map((view, index) =>
    readEvents(hub.open({ actorKey: `actor ${index}`, views: [view], isStillAllowed: always })),
  )
  await vi.advanceTimersByTimeAsync(5_000)
  expect(all.read.mock.calls.length).toBeLessThanOrEqual(6)
  hub.close()
  const keys = await Promise.all(streams.map(async ({ events }) => (await events)[0]?.[1].value))
  expect(keys).toEqual([all, all, all, mail].map(({ view }) => ({ topic: 'overview', key: view.key })))
})

test('several topics come over one stream', async () => {
  const hub = new StreamHub({ log: silentLog })
  const views = [viewOf('overview').view, viewOf('stations').view]
  const { events } = readEvents(hub.open({ actorKey: 'ada', views, isStillAllowed: always }))
  await vi.advanceTimersByTimeAsync(0)
  hub.close()
  expect((await events).map(([name, { topic }]) => [name, topic])).toEqual([
    ['snapshot', 'overview'],
    ['snapshot', 'stations'],
  ])
})

test('one actor may hold 20 streams, all together 500', async () => {
  const hub = new StreamHub({ log: silentLog })
  const open = (actorKey: string) => hub.open({ actorKey, views: [], isStillAllowed: always })
  for (let stream = 0; stream < 19; stream++) open('ada')
  const last = open('ada')
  expect(() => open('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }))
  await last.cancel()
  open('ada')
  for (let stream = 0; stream < 480; stream++) open(`actor ${stream}`)
  expect(hub.size).toBe(500)
  expect(() => open('ben')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }))
  hub.close()
  expect(hub.size).toBe(0)
})

test('a quiet stream beats every 15 seconds, and ends where its viewer lost his right', async () => {
  const hub = new StreamHub({ log: silentLog })
  let isAllowed = true
  const stream = hub.open({ actorKey: 'ada', views: [], isStillAllowed: async () => isAllowed })
  const { text, events } = readEvents(stream)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(text().match(/^:$/gm)).toHaveLength(2)
  expect(hub.size).toBe(1)
  isAllowed = false
  await vi.advanceTimersByTimeAsync(15_000)
  expect(hub.size).toBe(0)
  await events
})

test('a stream ends after half an hour, so that who comes back is asked for anew', async () => {
  const hub = new StreamHub({ log: silentLog })
  const { events } = readEvents(hub.open({ actorKey: 'ada', views: [], isStillAllowed: always }))
  await vi.advanceTimersByTimeAsync(29 * 60_000)
  expect(hub.size).toBe(1)
  await vi.advanceTimersByTimeAsync(2 * 60_000)
  expect(hub.size).toBe(0)
  await events
})

test('a store that is away takes nobody his stream', async () => {
  const hub = new StreamHub({ log: silentLog })
  const isStillAllowed = () => Promise.reject(new Error('away'))
  const { events } = readEvents(hub.open({ actorKey: 'ada', views: [], isStillAllowed }))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(hub.size).toBe(1)
  hub.close()
  await events
})

test('after close nothing is left running, and nothing opens any more', async () => {
  const hub = new StreamHub({ log: silentLog })
  const { view, read } = viewOf('overview')
  const { events } = readEvents(hub.open({ actorKey: 'ada', views: [view], isStillAllowed: always }))
  await vi.advanceTimersByTimeAsync(0)
  hub.close()
  hub.close()
  await events
  expect(vi.getTimerCount()).toBe(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(read).toHaveBeenCalledOnce()
  expect(() => hub.open({ actorKey: 'ada', views: [view], isStillAllowed: always })).toThrow(
    expect.objectContaining({ code: 'CLOSED' }),
  )
})
