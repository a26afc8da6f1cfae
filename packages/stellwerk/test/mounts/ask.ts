import { type IncomingHttpHeaders, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { text } from 'node:stream/consumers'

/** What a request may say beside its address. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Certificate that is trusted, in PEM. */
  readonly ca?: string
}

/** What came back. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request over a connection of its own, its path sent as it is. */
export async function ask(url: string, { method = 'GET', headers = {}, body, ca }: Asked = {}): Promise<Answered> {
  const response = await open(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(ca !== undefined && { ca, servername: 'localhost' }),
  })
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) }
}

/** The same with the body still to come; destroy the answer to leave. */
export function open(url: string, { method = 'GET', headers = {}, body, ca }: Asked = {}) {
  const { protocol, hostname, port } = new URL(url)
  const path = url.slice(url.indexOf('/', protocol.length + 2))
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const options = {
    hostname,
    port,
    path,
    method,
    agent: false,
    headers: { ...headers, ...length },
    ...(ca !== undefined && { ca, servername: 'localhost' }),
  }
  return new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const request = protocol === 'https:' ? requestSecure(options, resolve) : requestPlain(options, resolve)
    request.once('error', reject)
    request.end(body)
  })
}
