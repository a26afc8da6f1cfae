import type { IncomingMessage, ServerResponse } from 'node:http'
import { inTurn } from './in-turn.ts'
import { toWebRequest } from './to-web-request.ts'

/** How a request came in through Node. */
export interface NodeArrival {
  readonly socketAddress: string | null
  readonly isEncrypted: boolean
  /** Prefix that the framework has taken off, '' where none. */
  readonly mountedAt: string
  readonly incoming: IncomingMessage | null
}

/** Answers a request; never rejects. */
export type Answer = (request: Request, arrival: NodeArrival) => Promise<Response>

/** A request listener over `answer`, for node:http, Express and whatever is built on them. */
export function createNodeListener(answer: Answer) {
  return (incoming: IncomingMessage, outgoing: ServerResponse, next?: (error?: unknown) => void): void => {
    inTurn(incoming, () => respond(answer, incoming, outgoing)).catch((error: unknown) => {
      if (outgoing.headersSent || next === undefined) outgoing.destroy()
      else next(error)
    })
  }
}

async function respond(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const leaving = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) leaving.abort()
  })
  const { socket } = incoming
  const request = readRequest(incoming, leaving.signal)
  if (request === null) {
    outgoing.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('bad request\n')
    return
  }
  const response = await answer(request, {
    socketAddress: socket.remoteAddress ?? null,
    isEncrypted: 'encrypted' in socket && socket.encrypted === true,
    mountedAt: prefixOf(incoming),
    incoming,
  })
  setHead(response, incoming, outgoing)
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  await pump(response.body, outgoing)
}

/** Null for what no Web request can be: forbidden methods, fields with forbidden characters. */
function readRequest(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  try {
    return toWebRequest(incoming, signal)
  } catch {
    return null
  }
}

/** Express and its kin say here what they have taken off the address. */
function prefixOf(incoming: IncomingMessage): string {
  return 'baseUrl' in incoming && typeof incoming.baseUrl === 'string' ? incoming.baseUrl : ''
}

function setHead(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.appendHeader('set-cookie', cookies)
  // What is still to come of a body that was refused would have to be read to its end otherwise.
  if (response.status >= 400 && !incoming.complete && incoming.httpVersionMajor < 2)
    outgoing.setHeader('connection', 'close')
}

/**
 * Writes as fast as the client reads, and stops reading `body` when the client leaves. The headers go with the first part, in one packet, and ahead of it
 * where that is not there in this turn of the loop.
 */
async function pump(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader()
  const headersAhead = setImmediate(() => {
    try {
      outgoing.flushHeaders()
    } catch {
      // What others have hung into the response may throw there, where nobody else would hear of it.
      outgoing.destroy()
    }
  })
  const onClose = (): void => void reader.cancel().catch(() => {})
  outgoing.once('close', onClose)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      clearImmediate(headersAhead)
      if (done) break
      if (!outgoing.write(value)) await drained(outgoing)
    }
    outgoing.end()
  } catch {
    // The body ended in an error, such as a reader that was too slow: the client must not take what it has for the whole.
    outgoing.destroy()
  } finally {
    clearImmediate(headersAhead)
    outgoing.off('close', onClose)
  }
}

/** Resolves when there is room again, or nobody to write to. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      outgoing.off('drain', settle)
      outgoing.off('close', settle)
      resolve()
    }
    outgoing.once('drain', settle)
    outgoing.once('close', settle)
  })
}
