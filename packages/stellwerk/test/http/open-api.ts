import { inject, onTestFinished } from 'vitest'
import { z } from 'zod'
import { defineJob } from '../../src/client/define-job.ts'
import { JobRegistry } from '../../src/client/job-registry.ts'
import { Stellwerk } from '../../src/client/stellwerk.ts'
import type { Role } from '../../src/domain/access/role.ts'
import { type Actor, grantedActor, trustedActor } from '../../src/domain/actor.ts'
import type { PlacedRoute } from '../../src/http/openapi.ts'
import { createRoom } from '../../src/http/room.ts'
import { createApi, placedRoutes } from '../../src/http/router.ts'
import { OverviewMemory } from '../../src/operations/overview-memory.ts'
import type { Log } from '../../src/std/log.ts'
import { postgresHarness } from '../../src/storage/conformance/postgres-harness.ts'
import { sqliteHarness } from '../../src/storage/conformance/sqlite-harness.ts'
import type { OpenedStore, StoreHarness } from '../../src/storage/conformance/store-harness.ts'

/** What came back: the body as JSON where it is some, else as text. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** How a call differs from a plain one by the admin. */
export interface CallOptions {
  readonly body?: unknown
  readonly actor?: Actor
  readonly headers?: Readonly<Record<string, string>>
  /** The body as it is, in place of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

/** The interface over a store of its own, without a network. */
export interface OpenedApi extends OpenedStore {
  readonly stellwerk: Stellwerk
  /** What was logged as an error. */
  readonly errors: readonly string[]
  /** `GET /jobs`: under /api/v1 unless it begins with another root. Every answer that went well is held against the schema of its route. */
  call(line: string, options?: CallOptions): Promise<Answer>
}

/** The stores that every test of the interface runs on. */
export const bothStores: readonly (readonly ['sqlite' | 'postgres', () => StoreHarness])[] = [
  ['sqlite', () => sqliteHarness],
  ['postgres', () => postgresHarness(inject('postgresUrl'))],
]

/** Somebody with a role, in some queues or all of them. */
export function actorOf(role: Role, queues: readonly string[] | null = null): Actor {
  return grantedActor({ kind: 'token', name: `a ${role}`, tokenId: 1 }, { role, queues })
}

const send = defineJob({ name: 'send', queue: 'mail', payload: z.object({ to: z.number() }) })
const noop = defineJob({ name: 'noop' })

/** The interface over a fresh store, closed when the test has finished. */
export async function openApi(harness: StoreHarness): Promise<OpenedApi> {
  const opened = await harness.open()
  onTestFinished(() => opened.close())
  const errors: string[] = []
  const ignore = (): void => {}
  const log: Log = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (message, fields) => errors.push(`${message}: ${String(fields?.['error'])}`),
  }
  const installationId = await opened.store.schema.installationId()
  const registry = new JobRegistry([send, noop])
  const stellwerk = new Stellwerk({
    store: opened.store,
    registry,
    actor: trustedActor('application', 'test'),
    log,
    installationId,
    maxPayloadBytes: 262_144,
    startStation: () => Promise.reject(new Error('no station runs in this test')),
    loadControlRoom: () => Promise.reject(new Error('the interface is tested without its room')),
  })
  const api = createApi({
    store: opened.store,
    log,
    registry,
    dispatchAs: (actor, requests) => stellwerk.dispatchAs(actor, requests),
    installationId,
    version: '0.0.0',
    overview: new OverviewMemory(),
    room: createRoom({ installationId, log, options: {} }),
  })
  let requests = 0
  const call = async (line: string, options: CallOptions = {}): Promise<Answer> => {
    const [method = '', target = ''] = line.split(/ (.*)/s)
    const url = new URL(`http://localhost${isRooted(target) ? target : `/api/v1${target}`}`)
    const request = new Request(url, { method, headers: headersOf(options), ...bodyOf(options) })
    const meta = {
      requestId: `request ${++requests}`,
      path: url.pathname,
      ip: null,
      isSecure: false,
      isStillAllowed: async () => true,
    }
    const response = await api(request, options.actor ?? actorOf('admin'), meta)
    const answer = await toAnswer(response)
    if (response.ok) assertDescribed(method, url.pathname, answer)
    return answer
  }
  return { ...opened, stellwerk, errors, call }
}

function isRooted(target: string): boolean {
  return /^\/(api|health|prometheus|$)/.test(target)
}

function headersOf({ body, raw, headers }: CallOptions): Record<string, string> {
  return { ...(body !== undefined || raw !== undefined ? { 'content-type': 'application/json' } : {}), ...headers }
}

function bodyOf({ body, raw }: CallOptions): { body?: string | Uint8Array<ArrayBuffer> } {
  if (raw !== undefined) return { body: raw }
  return body === undefined ? {} : { body: JSON.stringify(body) }
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

const routes = placedRoutes()

/** The route that a path leads to; names go before parameters. */
export function routeOf(method: string, path: string): PlacedRoute | undefined {
  const matches = routes.filter(
    ({ route, path: pattern }) =>
      route.method === method && new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
  )
  return matches.toSorted((one, other) => Number(one.path.includes(':')) - Number(other.path.includes(':')))[0]
}

/** @throws where an answer has another status or other fields than its route says */
function assertDescribed(method: string, path: string, { status, body }: Answer): void {
  const placed = routeOf(method, path)
  if (placed === undefined) throw new Error(`${method} ${path} answers and is not in the table`)
  const { response, accepted, status: expected = 200 } = placed.route
  if (status === 202 && accepted !== undefined) return void accepted.parse(body)
  if (status !== (response === null ? 204 : expected)) throw new Error(`${method} ${path} answers with ${status}`)
  if (response === null) return
  const parsed = response.parse(body)
  if (JSON.stringify(sorted(parsed)) === JSON.stringify(sorted(body))) return
  throw new Error(`${method} ${path} answers with what its schema does not name: ${JSON.stringify(body)}`)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
