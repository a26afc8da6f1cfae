import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { completePage } from '../../stellwerk/src/http/page.ts'
import { liveView } from '../../stellwerk/src/http/stream/live-view.ts'
import type { Scenario } from './fixtures/scenarios.ts'

const DIST = join(import.meta.dirname, '../dist')
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/** A server that speaks the interface from figures that stand still, below any prefix. */
export interface FixtureServer {
  /** Address of the room, without a slash at its end. */
  readonly url: string
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

function answers(scenario: Scenario): Readonly<Record<string, unknown>> {
  const at = new Date().toISOString()
  return {
    '/session': scenario.session,
    '/overview': { ...scenario.overview, at },
    '/queues': { at, queues: scenario.overview.queues },
    '/stations': { at, stations: scenario.stations },
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const problem = { type: 'about:blank', title: code, status, detail: code, code, instance: 'fixture-1' }
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
}

async function openStream(response: ServerResponse, scenario: Scenario, topics: readonly string[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
  response.write('retry: 2000\n\n')
  for (const topic of topics) {
    const value = answers(scenario)[`/${topic}`]
    if (value === undefined) continue
    const { at, value: wire } = await liveView(value, async () => new Date().toISOString())
    response.write(`event: snapshot\ndata: ${JSON.stringify({ topic, at, value: wire })}\n\n`)
  }
}

async function answerInterface(scenario: Scenario, url: URL, response: ServerResponse): Promise<void> {
  const path = url.pathname.slice('/api/v1'.length)
  if (scenario.session === null) return refuse(response, 401, 'UNAUTHENTICATED')
  if (path === '/stream') return openStream(response, scenario, (url.searchParams.get('topics') ?? '').split(','))
  const answer = answers(scenario)[path]
  if (answer === undefined) return refuse(response, 404, 'ROUTE_NOT_FOUND')
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

async function answerFile(path: string, prefix: string, response: ServerResponse): Promise<void> {
  const isAsset = path.startsWith('/assets/')
  const file = join(DIST, isAsset ? path : 'index.html')
  const content = await readFile(file).catch(() => null)
  if (content === null) return void response.writeHead(404).end()
  const boot = { basePath: prefix, title: '', environment: '', language: 'en' } as const
  response.writeHead(200, {
    'content-type': `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`,
    'content-security-policy': POLICY,
    'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-store',
  })
  response.end(isAsset ? content : completePage(content.toString(), boot))
}

/** Starts it on a free port of this machine; the room has to be built. */
export async function startFixtureServer(scenario: Scenario, prefix = ''): Promise<FixtureServer> {
  const asked: string[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push(url.pathname)
    url.pathname = url.pathname.slice(prefix.length)
    if (url.pathname.startsWith('/api/v1/')) await answerInterface(scenario, url, response)
    else await answerFile(url.pathname, prefix, response)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
