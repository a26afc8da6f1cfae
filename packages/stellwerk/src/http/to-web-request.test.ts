import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { toWebRequest } from './to-web-request.ts'

const signal = new AbortController().signal

interface Sent {
  readonly method?: string
  readonly url?: string
  readonly rawHeaders?: readonly string[]
  readonly sent?: string
  /** What a parser of the framework left, once it has read the body. */
  readonly body?: unknown
}

/** What Node hands over, as far as it is read. */
async function incoming({ sent, ...fields }: Sent): Promise<IncomingMessage> {
  const stream = Readable.from(sent === undefined ? [] : [Buffer.from(sent)])
  if ('body' in fields) for await (const _ of stream);
  return Object.assign(stream, { method: 'GET', url: '/', rawHeaders: [], ...fields }) as unknown as IncomingMessage
}

test.for([
  ['/jobs?state=failed', 'http://room.invalid/jobs?state=failed'],
  ['http://evil.example/jobs', 'http://room.invalid/jobs'],
  ['//evil.example/jobs', 'http://room.invalid//evil.example/jobs'],
  ['*', 'http://room.invalid/*'],
  ['/a/%2e%2e/b', 'http://room.invalid/b'],
] as const)('the request line %s is %s', async ([url, address]) => {
  expect(toWebRequest(await incoming({ url }), signal).url).toBe(address)
})

const json = ['content-type', 'application/json', 'content-length', '7']

test('a body is read from the connection', async () => {
  const request = toWebRequest(await incoming({ method: 'POST', rawHeaders: json, sent: '{"a":1}' }), signal)
  expect(await request.json()).toEqual({ a: 1 })
})

test.for([
  [{ a: 'ä' }, '{"a":"ä"}'],
  ['{"a":1}', '{"a":1}'],
  [Buffer.from('{"a":1}'), '{"a":1}'],
] as const)('a body that a parser has read is what it made of it', async ([body, text]) => {
  const request = toWebRequest(await incoming({ method: 'POST', rawHeaders: json, sent: 'x', body }), signal)
  expect(await request.text()).toBe(text)
  expect(request.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
})

test('no body is none, whatever a parser left', async () => {
  const request = toWebRequest(await incoming({ method: 'DELETE', body: {} }), signal)
  expect(request.body).toBeNull()
})

test('fields that come several times are kept', async () => {
  const request = toWebRequest(await incoming({ rawHeaders: ['X-A', '1', 'x-a', '2', ':path', '/'] }), signal)
  expect(request.headers.get('x-a')).toBe('1, 2')
})

test('a method that no Web request may have is refused', async () => {
  const trace = await incoming({ method: 'TRACE' })
  expect(() => toWebRequest(trace, signal)).toThrow(TypeError)
})
