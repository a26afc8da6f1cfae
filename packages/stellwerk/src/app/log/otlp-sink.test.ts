import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import type { LogEntry } from './log-entry.ts'
import { createOtlpSink } from './otlp-sink.ts'
import { otlpTarget } from './otlp-target.ts'

interface Received {
  readonly path: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: { readonly resourceLogs: readonly [ResourceLogs] }
}

interface ResourceLogs {
  readonly resource: { readonly attributes: readonly object[] }
  readonly scopeLogs: readonly [{ readonly scope: object; readonly logRecords: readonly object[] }]
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A collector that answers with these codes in turn, then 200. */
async function collector(...codes: number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body: JSON.parse(text) as Received['body'] })
      response.writeHead(codes.shift() ?? 200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  closers.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return { url: `http://127.0.0.1:${port}`, received }
}

const entry = (message: string, fields: LogEntry['fields'] = {}): LogEntry => ({
  at: 1_700_000_000_123,
  level: 'error',
  message,
  fields,
})
const recordsOf = ({ body }: Received): readonly object[] => body.resourceLogs[0].scopeLogs[0].logRecords

test('entries arrive as OTLP in JSON, with who sent them, before close resolves', async () => {
  const { url, received } = await collector()
  const target = otlpTarget(null, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x-team=jobs',
    OTEL_SERVICE_NAME: 'shop-jobs',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production,service.name=other',
  })
  const notes: string[] = []
  const sink = createOtlpSink({ target, note: (line) => notes.push(line) })
  sink.write(
    entry('pass failed', {
      service: 'pruner',
      tries: 3,
      ratio: 0.5,
      isLast: true,
      none: null,
      list: ['a', { b: 1 }],
      error: 'Error: x\n    at y',
    }),
  )
  await sink.close()
  expect(notes).toEqual([])
  expect(received).toHaveLength(1)
  const [first] = received
  if (first === undefined) throw new Error('nothing was received')
  expect(first).toMatchObject({
    path: '/v1/logs',
    headers: { 'content-type': 'application/json', authorization: 'Bearer abc', 'x-team': 'jobs' },
  })
  const { attributes } = first.body.resourceLogs[0].resource
  expect(attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'shop-jobs' } })
  expect(attributes).toContainEqual({ key: 'deployment.environment.name', value: { stringValue: 'production' } })
  expect(attributes).toContainEqual({ key: 'process.pid', value: { intValue: String(process.pid) } })
  expect(first.body.resourceLogs[0].scopeLogs[0].scope).toMatchObject({ name: 'stellwerk' })
  expect(recordsOf(first)).toEqual([
    {
      timeUnixNano: '1700000000123000000',
      observedTimeUnixNano: '1700000000123000000',
      severityNumber: 17,
      severityText: 'ERROR',
      body: { stringValue: 'pass failed' },
      attributes: [
        { key: 'service', value: { stringValue: 'pruner' } },
        { key: 'tries', value: { intValue: '3' } },
        { key: 'ratio', value: { doubleValue: 0.5 } },
        { key: 'isLast', value: { boolValue: true } },
        {
          key: 'list',
          value: {
            arrayValue: {
              values: [{ stringValue: 'a' }, { kvlistValue: { values: [{ key: 'b', value: { intValue: '1' } }] } }],
            },
          },
        },
        { key: 'exception.stacktrace', value: { stringValue: 'Error: x\n    at y' } },
      ],
    },
  ])
})

test('a collector that is busy is asked again; one that refuses is not, and both are said once', async () => {
  const busy = await collector(503)
  const patient = createOtlpSink({ target: otlpTarget(busy.url, {}), note: () => {}, delayMs: 0 })
  patient.write(entry('kept'))
  await vi.waitFor(() => expect(busy.received).toHaveLength(2), 20_000)
  await patient.close()
  expect(busy.received.flatMap(recordsOf)).toHaveLength(2)

  const strict = await collector(400, 400)
  const notes: string[] = []
  const sink = createOtlpSink({ target: otlpTarget(strict.url, {}), note: (line) => notes.push(line), delayMs: 0 })
  for (const [index, message] of ['one', 'two', 'three'].entries()) {
    sink.write(entry(message))
    await vi.waitFor(() => expect(strict.received).toHaveLength(index + 1), 20_000)
  }
  await sink.close()
  expect(notes).toEqual([
    `stellwerk: log lines do not reach ${strict.url}/v1/logs: it answered 400\n`,
    `stellwerk: log lines reach ${strict.url}/v1/logs again; 2 were dropped\n`,
  ])
})

test('without a collector close gives up after three seconds, and at most 4,096 entries wait', async () => {
  const gone = await collector()
  await closers.pop()?.()
  const notes: string[] = []
  const sink = createOtlpSink({ target: otlpTarget(gone.url, {}), note: (line) => notes.push(line) })
  for (let count = 0; count < 6_000; count++) sink.write(entry('x'))
  // Tenths of seconds in which this process ran: one in which it stood still is nobody's wait.
  let tenths = 0
  const counting = setInterval(() => tenths++, 100)
  await sink.close()
  clearInterval(counting)
  expect(tenths).toBeLessThan(45)
  expect(notes).toHaveLength(1)
  expect(notes[0]).toContain('ECONNREFUSED')
}, 15_000)
