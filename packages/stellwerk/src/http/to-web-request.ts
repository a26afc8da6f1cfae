import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

type RequestBody = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>

/** The host of addresses made here: the real one is in the headers, where it is checked. */
const origin = 'http://room.invalid'

/** A request of Node as a Web one. Its body is what came, or, where a parser of the framework has read it already, what that made of it. */
export function toWebRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET'
  const headers = toHeaders(incoming)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const body = hasBody ? bodyOf(incoming, headers) : null
  return new Request(addressOf(incoming.url ?? '/'), { method, headers, signal, body, duplex: 'half' })
}

/** The path and query alone count: whatever else a request line may hold is put behind our origin. */
function addressOf(url: string): string {
  const path = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  return `${origin}${path.startsWith('/') ? path : `/${path}`}`
}

function toHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!name.startsWith(':')) headers.append(name, rawHeaders[at + 1] ?? '')
  }
  return headers
}

function bodyOf(incoming: IncomingMessage, headers: Headers): RequestBody | null {
  const wasRead = incoming.readableDidRead || incoming.readableEnded
  if (!wasRead) return isAnnounced(headers) ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null
  const parsed = 'body' in incoming ? incoming.body : undefined
  if (parsed === undefined || parsed === null || !isAnnounced(headers)) return null
  const bytes = bytesOf(parsed)
  headers.set('content-length', String(bytes.byteLength))
  headers.delete('transfer-encoding')
  headers.delete('content-encoding')
  return bytes
}

function isAnnounced(headers: Headers): boolean {
  return headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0
}

function bytesOf(parsed: unknown): Uint8Array<ArrayBuffer> {
  if (parsed instanceof Uint8Array) return new Uint8Array(parsed)
  return new Uint8Array(Buffer.from(typeof parsed === 'string' ? parsed : JSON.stringify(parsed)))
}
