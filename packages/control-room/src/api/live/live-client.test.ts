import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveClient } from './live-client.ts'

/** A stream that the test writes. */
interface Stream {
  readonly address: string
  readonly signal: AbortSignal
  send(name: string, event: unknown): void
  end(): void
}

let streams: Stream[] = []
let answers: ((address: string) => Response | null)[] = []
const values: [string, unknown][] = []
const onSignedOut = vi.fn()

function openStream(address: string, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = () => controller.error(signal.reason)
      signal.addEventListener('abort', fail)
      streams.push({
        address,
        signal,
        send: (name, event) => controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`)),
        end: () => {
          signal.removeEventListener('abort', fail)
          controller.close()
        },
      })
    },
  })
  return new Response(body)
}

function makeClient(): LiveClient {
  return new LiveClient({
    address: (topics) => topics.join(','),
    onValue: (topic, value) => values.push([topic, value]),
    onSignedOut,
    nextFrame: (work) => work(),
    random: () => 0,
  })
}

function newest(): Stream {
  const stream = streams.at(-1)
  if (stream === undefined) throw new Error('no stream was opened')
  return stream
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(25)
}

beforeEach(() => {
  streams = []
  answers = []
  values.length = 0
  onSignedOut.mockReset()
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (address: string, { signal }: { signal: AbortSignal }) => {
    return answers.shift()?.(address) ?? openStream(address, signal)
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('pages that come together share one stream, and hear snapshots and patches', async () => {
  const client = makeClient()
  client.watch('overview')
  client.watch('queues')
  await settle()
  expect(streams.map(({ address }) => address)).toEqual(['overview,queues'])
  newest().send('snapshot', { topic: 'queues', at: '2027-01-01T00:00:00.000Z', value: { total: 1 } })
  newest().send('patch', { topic: 'queues', at: '2027-01-01T00:00:01.000Z', ops: [[['total'], 2]] })
  await settle()
  expect(values).toEqual([
    ['queues', { total: 1, at: '2027-01-01T00:00:00.000Z' }],
    ['queues', { total: 2, at: '2027-01-01T00:00:01.000Z' }],
  ])
  expect(client.getState()).toMatchObject({ isConnected: true, failures: 0 })
  client.close()
})

test('a stream that ends is opened again after a pause, and a third failure in a row is counted', async () => {
  const client = makeClient()
  client.watch('overview')
  await settle()
  newest().send('snapshot', { topic: 'overview', at: '', value: {} })
  await settle()
  answers = [() => new Response('', { status: 503 }), () => new Response('', { status: 503 })]
  newest().end()
  await vi.advanceTimersByTimeAsync(800)
  expect(client.getState()).toMatchObject({ isConnected: false, failures: 3 })
  await vi.advanceTimersByTimeAsync(1_000)
  newest().send('snapshot', { topic: 'overview', at: '', value: {} })
  await settle()
  expect(client.getState()).toMatchObject({ isConnected: true, failures: 0 })
  client.close()
})

test('a connection that is silent for long is given up', async () => {
  const client = makeClient()
  client.watch('overview')
  await settle()
  await vi.advanceTimersByTimeAsync(26_000)
  expect(streams.length).toBeGreaterThan(1)
  expect(streams[0]?.signal.aborted).toBe(true)
  client.close()
})

test('a hidden tab gives its connection back, and a paused one too', async () => {
  const client = makeClient()
  client.watch('overview')
  await settle()
  client.setVisible(false)
  await settle()
  expect(newest().signal.aborted).toBe(true)
  client.setVisible(true)
  await settle()
  expect(streams).toHaveLength(2)
  client.setPaused(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(newest().signal.aborted).toBe(true)
  expect(streams).toHaveLength(2)
  client.close()
})

test('a topic that cannot be read is told as stale until it can', async () => {
  const client = makeClient()
  client.watch('overview')
  await settle()
  newest().send('snapshot', { topic: 'overview', at: '', value: {} })
  newest().send('stale', { topic: 'overview', since: '2027-01-01T00:00:00.000Z', code: 'STORE_UNREACHABLE' })
  await settle()
  expect(client.getState().topics.get('overview')).toEqual({
    staleSince: '2027-01-01T00:00:00.000Z',
    hasGone: false,
    isRefused: false,
  })
  newest().send('snapshot', { topic: 'overview', at: '', value: {} })
  await settle()
  expect(client.getState().topics.get('overview')).toEqual({ staleSince: undefined, hasGone: false, isRefused: false })
  client.close()
})

test('a topic that the server does not push is known as such, and the others go on', async () => {
  const client = makeClient()
  client.watch('overview')
  client.watch('jobs?stat=failed')
  await settle()
  newest().send('refused', { topic: 'jobs?stat=failed', code: 'PARAMETER_INVALID', detail: 'stat is unknown' })
  newest().send('snapshot', { topic: 'overview', at: '', value: {} })
  await settle()
  expect(client.getState().topics.get('jobs?stat=failed')).toMatchObject({ isRefused: true })
  expect(client.getState().topics.get('overview')?.isRefused ?? false).toBe(false)
  expect(client.getState().isConnected).toBe(true)
  client.close()
})

test('a server that does not know who asks is believed', async () => {
  answers = [() => new Response('{"code":"UNAUTHENTICATED","detail":"no"}', { status: 401 })]
  const client = makeClient()
  client.watch('overview')
  await settle()
  expect(onSignedOut).toHaveBeenCalledOnce()
  client.close()
})

test('without anything to watch there is no stream', async () => {
  const client = makeClient()
  const leave = client.watch('overview')
  await settle()
  leave()
  await settle()
  expect(newest().signal.aborted).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(streams).toHaveLength(1)
  client.close()
})
