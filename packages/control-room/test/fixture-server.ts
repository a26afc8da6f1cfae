import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { completePage } from '../../stellwerk/src/http/page.ts'
import { liveView } from '../../stellwerk/src/http/stream/live-view.ts'
import { lines } from './fixtures/job-details.ts'
import { makeOperations } from './fixtures/operations.ts'
import { orders, ordersFor } from './fixtures/orders.ts'
import type { Scenario } from './fixtures/scenarios.ts'
import { shiftTimes } from './fixtures/shift-times.ts'

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

/** When the figures were made. */
const madeAt = Date.now()
const operations = makeOperations()

function listAnswers({ jobs, overview }: Scenario, at: string): Readonly<Record<string, unknown>> {
  const { counts, queues, failures } = overview
  const types = [...new Set(jobs.map(({ type }) => type))].map((type) => ({
    type,
    queue: 'default',
    dispatchable: true,
    served: true,
    schema: null,
  }))
  return {
    '/jobs': { jobs, nextCursor: null, meta: { scanned: null } },
    '/jobs/counts': { counts },
    '/failed-jobs': { jobs: failures, total: failures.length, totalIsCapped: false, nextCursor: null },
    '/types': { types },
    '/operations': { operations: failures.length === 0 ? [] : operations },
    '/queues': { at, queues },
  }
}

function workerAnswers({ workers }: Scenario, at: string): Readonly<Record<string, unknown>> {
  const own = workers.workers.length === 0 ? [] : orders
  return {
    '/workers': { ...workers, at },
    '/workers/orders': { at, orders: own },
    ...Object.fromEntries(
      workers.workers.map((worker) => [`/workers/${worker.id}`, { ...worker, at, orders: ordersFor(worker, own) }]),
    ),
  }
}

function answers(scenario: Scenario): Readonly<Record<string, unknown>> {
  const at = new Date(madeAt).toISOString()
  const details = scenario.details.flatMap((job) => [
    [`/jobs/${job.id}`, job],
    [`/jobs/${job.id}/logs`, { lines: lines[job.id] ?? [], omitted: 0 }],
  ])
  const told = {
    '/session': scenario.session,
    '/overview': { ...scenario.overview, at },
    '/maintenance': { at, maintenance: scenario.overview.maintenance },
    ...workerAnswers(scenario, at),
    ...listAnswers(scenario, at),
    ...Object.fromEntries(details),
  }
  return shiftTimes(told, Date.now() - madeAt)
}

/** The answer to a path and its search; of jobs those that the search wants. */
function answerTo(scenario: Scenario, path: string, search: string): unknown {
  const answer = answers(scenario)[path]
  if (path !== '/jobs') return answer
  const wanted = new URLSearchParams(search)
  const fits = (name: string, value: string) => wanted.get(name)?.split(',').includes(value) ?? true
  const { jobs } = answer as Pick<Scenario, 'jobs'>
  const found = jobs.filter(
    ({ state, queue, type }) => fits('state', state) && fits('queue', queue) && fits('type', type),
  )
  return { ...Object(answer), jobs: found }
}

/** The path of the view that a topic mirrors. */
function pathOf(topic: string): string {
  const [name = ''] = topic.split('?')
  return `/${name.replace(/^job:/, 'jobs/').replace(/^worker:/, 'workers/')}`
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const problem = { type: 'about:blank', title: code, status, detail: code, code, instance: 'fixture-1' }
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
}

async function openStream(response: ServerResponse, scenario: Scenario, topics: readonly string[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
  response.write('retry: 2000\n\n')
  for (const topic of topics) {
    const value = answerTo(scenario, pathOf(topic), topic.split('?')[1] ?? '')
    if (value === undefined) continue
    const { at, value: wire } = await liveView(value, async () => new Date().toISOString())
    response.write(`event: snapshot\ndata: ${JSON.stringify({ topic, at, value: wire })}\n\n`)
  }
}

const missing: Readonly<Record<string, string>> = { jobs: 'JOB_NOT_FOUND', workers: 'WORKER_NOT_FOUND' }

/** Topics with commas between them, each encoded once more. */
function topicsOf(url: URL): readonly string[] {
  const text = /[?&]topics=([^&]*)/.exec(url.search)?.[1] ?? ''
  return text.split(',').map(decodeURIComponent)
}

async function answerInterface(scenario: Scenario, url: URL, response: ServerResponse): Promise<void> {
  const path = url.pathname.slice('/api/v1'.length)
  if (scenario.session === null) return refuse(response, 401, 'UNAUTHENTICATED')
  if (path === '/stream') return openStream(response, scenario, topicsOf(url))
  const answer = answerTo(scenario, path, url.search)
  if (answer === undefined) return refuse(response, 404, missing[path.split('/')[1] ?? ''] ?? 'ROUTE_NOT_FOUND')
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

interface FileRequest {
  readonly path: string
  readonly prefix: string
  readonly scenario: Scenario
}

async function answerFile({ path, prefix, scenario }: FileRequest, response: ServerResponse): Promise<void> {
  const isAsset = path.startsWith('/assets/')
  const file = join(DIST, isAsset ? path : 'index.html')
  const content = await readFile(file).catch(() => null)
  if (content === null) return void response.writeHead(404).end()
  const { session } = scenario
  const first = session?.permissions.includes('queue:read') ? { overview: answers(scenario)['/overview'] } : {}
  const boot = { basePath: prefix, title: '', environment: '', language: 'en', session, ...first } as const
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
    else await answerFile({ path: url.pathname, prefix, scenario }, response)
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
