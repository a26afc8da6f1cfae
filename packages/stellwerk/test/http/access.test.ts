import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Permission } from '../../src/domain/access/permission.ts'
import { rolePermissions, roles } from '../../src/domain/access/role.ts'
import { type Actor, anonymousActor, readOnlyActor, trustedActor } from '../../src/domain/actor.ts'
import type { RouteAccess } from '../../src/http/route.ts'
import { placedRoutes } from '../../src/http/router.ts'
import { sqliteHarness } from '../../src/storage/conformance/sqlite-harness.ts'
import { makeHistory } from './job-history.ts'
import { type Answer, actorOf, openApi } from './open-api.ts'

/** What a call needs to get past the checks of its input; a job that does not exist is found out behind the permission. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /api/v1/jobs': { type: 'noop', options: { delay: '1h' } },
  'POST /api/v1/jobs/actions': { action: 'retry', ids: ['999'] },
  'PATCH /api/v1/jobs/:id': { priority: 1 },
  'POST /api/v1/queues/:queue/pause': { reason: 'look' },
  'PUT /api/v1/maintenance': { on: false },
  'POST /api/v1/workers/orders': { kind: 'pause', target: { worker: 'w_none' } },
  'POST /api/v1/failed-jobs/retry': { selection: { queue: 'none' } },
  'POST /api/v1/failed-jobs/delete': { selection: { queue: 'none' } },
  'POST /api/v1/session': { token: 'stw_unknown' },
  'POST /api/v1/tokens': { name: 'one', role: 'viewer' },
}

/** Let in, and refused for what was asked: an unknown token, a stream without topics. */
const refusedInside: Readonly<Record<string, readonly number[]>> = {
  'POST /api/v1/session': [401],
  'GET /api/v1/stream': [400],
}

/** The table of the documentation, written out once more: who may call what. */
const expected: Readonly<Record<string, readonly (Permission | 'everyone' | 'authenticated')[]>> = {
  'GET /api/v1/overview': ['queue:read'],
  'GET /api/v1/queues': ['queue:read'],
  'GET /api/v1/queues/:queue': ['queue:read'],
  'POST /api/v1/queues/:queue/pause': ['queue:pause'],
  'POST /api/v1/queues/:queue/resume': ['queue:pause'],
  'GET /api/v1/maintenance': ['queue:read'],
  'PUT /api/v1/maintenance': ['maintenance:manage'],
  'GET /api/v1/jobs': ['job:read'],
  'POST /api/v1/jobs': ['job:dispatch'],
  'GET /api/v1/jobs/counts': ['job:read'],
  'POST /api/v1/jobs/actions': ['job:retry', 'job:cancel', 'job:delete', 'job:prioritize', 'job:archive'],
  'GET /api/v1/jobs/:id': ['job:read'],
  'PATCH /api/v1/jobs/:id': ['job:prioritize'],
  'DELETE /api/v1/jobs/:id': ['job:delete'],
  'GET /api/v1/jobs/:id/logs': ['job:read'],
  'POST /api/v1/jobs/:id/retry': ['job:retry'],
  'POST /api/v1/jobs/:id/cancel': ['job:cancel'],
  'POST /api/v1/jobs/:id/archive': ['job:archive'],
  'POST /api/v1/jobs/:id/release': ['job:archive'],
  'GET /api/v1/failed-jobs': ['job:read'],
  'POST /api/v1/failed-jobs/retry': ['job:retry'],
  'POST /api/v1/failed-jobs/delete': ['job:delete'],
  'GET /api/v1/operations': ['job:read'],
  'GET /api/v1/metrics': ['metrics:read'],
  'GET /api/v1/stations': ['station:read'],
  'GET /api/v1/workers': ['station:read'],
  'GET /api/v1/workers/orders': ['station:read'],
  'POST /api/v1/workers/orders': ['worker:control'],
  'GET /api/v1/workers/:id': ['station:read'],
  'GET /api/v1/types': ['queue:read'],
  'GET /api/v1/audit': ['audit:read'],
  'GET /api/v1/tokens': ['token:manage'],
  'POST /api/v1/tokens': ['token:manage'],
  'DELETE /api/v1/tokens/:id': ['token:manage'],
  'GET /api/v1/session': ['authenticated'],
  'POST /api/v1/session': ['everyone'],
  'DELETE /api/v1/session': ['authenticated'],
  'GET /api/v1/stream': ['queue:read'],
  'GET /api/v1/openapi.json': ['authenticated'],
  'GET /health/live': ['everyone'],
  'GET /health/ready': ['everyone'],
  'GET /health': ['health:read'],
  'GET /prometheus': ['metrics:read'],
}

const table = placedRoutes().map(({ route, path }) => ({ line: `${route.method} ${path}`, route }))

test('every route stands in the table of this test, with the same policy', () => {
  expect(table.map(({ line }) => line).toSorted()).toEqual(Object.keys(expected).toSorted())
  for (const { line, route } of table) {
    const policy = route.permission === null ? [route.open] : [route.permission].flat()
    expect({ line, policy }).toEqual({ line, policy: expected[line] })
  }
})

test('a route without a policy is no route', () => {
  expectTypeOf<{ readonly summary: string }>().not.toExtend<RouteAccess>()
  expectTypeOf<{ readonly permission: null }>().not.toExtend<RouteAccess>()
  expectTypeOf<{ readonly permission: 'job:fly' }>().not.toExtend<RouteAccess>()
  expectTypeOf<{ readonly permission: readonly [] }>().not.toExtend<RouteAccess>()
  expectTypeOf<{ readonly permission: 'job:read' }>().toExtend<RouteAccess>()
})

interface Caller {
  readonly name: string
  readonly actor: Actor
  readonly held: readonly Permission[]
}

const callers: readonly Caller[] = [
  { name: 'nobody', actor: anonymousActor('10.0.0.1', null), held: [] },
  ...roles.map((role) => ({
    name: role,
    actor: actorOf(role, role === 'producer' ? ['default'] : null),
    held: rolePermissions[role],
  })),
]

/** The statuses that a caller may get: whoever is not allowed gets none but the refusal. */
function statusesFor(line: string, { name, held }: Caller): readonly number[] {
  const policy = expected[line] ?? []
  const isAllowed =
    policy.includes('everyone') ||
    (name !== 'nobody' && policy.includes('authenticated')) ||
    held.some((own) => policy.includes(own))
  if (isAllowed) return refusedInside[line] ?? [200, 201, 204, 404, 409]
  return [name === 'nobody' ? 401 : 403]
}

test.each(callers)('$name is let in where the table says so, and nowhere else', async (caller) => {
  const { call } = await openApi(sqliteHarness)
  for (const { line } of table) {
    const body = bodies[line]
    const target = line.replace(':id', '999').replace(':queue', 'none')
    const { status } = await call(target, { actor: caller.actor, ...(body !== undefined && { body }) })
    expect({ line, status, isExpected: statusesFor(line, caller).includes(status) }).toMatchObject({ isExpected: true })
  }
})

test('a denial says what is missing and who has it', async () => {
  const { call } = await openApi(sqliteHarness)
  const { body, headers } = await call('POST /jobs/1/retry', { actor: actorOf('viewer') })
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(body).toEqual({
    type: 'urn:stellwerk:problem:permission-denied',
    title: 'Permission denied',
    status: 403,
    code: 'PERMISSION_DENIED',
    detail: expect.stringContaining("needs 'job:retry', which operator, admin have"),
    details: { permission: 'job:retry', roles: ['operator', 'admin'] },
    instance: 'request 1',
  })
  expect((await call('GET /jobs', { actor: anonymousActor(null, null) })).headers.get('www-authenticate')).toBe(
    'Bearer',
  )
})

test('one action of several may be held without the others', async () => {
  const { call } = await openApi(sqliteHarness)
  const actor: Actor = { ...actorOf('viewer'), permissions: ['job:cancel'] }
  const ask = (action: string) => call('POST /jobs/actions', { actor, body: { action, ids: ['9'], priority: 1 } })
  expect((await ask('cancel')).status).toBe(200)
  for (const action of ['retry', 'delete', 'prioritize']) expect((await ask(action)).status).toBe(403)
})

test('in read-only mode nobody changes anything, and everybody reads', async () => {
  const { call, store } = await openApi(sqliteHarness)
  const { failed, pending } = await makeHistory(store)
  const actor = readOnlyActor(trustedActor('cli', 'root'))
  const changing = [`POST /jobs/${failed[0]}/retry`, `POST /jobs/${pending[0]}/cancel`, `DELETE /jobs/${failed[0]}`]
  for (const line of changing) expect((await call(line, { actor })).status).toBe(403)
  expect((await call('POST /jobs', { actor, body: { type: 'noop' } })).status).toBe(403)
  for (const line of ['GET /jobs', 'GET /overview', 'GET /audit'])
    expect((await call(line, { actor })).status).toBe(200)
})

describe('who reaches some queues only', () => {
  const mine = actorOf('operator', ['slow'])
  let opened: Awaited<ReturnType<typeof openApi>>
  let other: number
  let own: number

  async function open(): Promise<void> {
    opened = await openApi(sqliteHarness)
    const history = await makeHistory(opened.store)
    own = Number(history.pending[2])
    other = Number(history.pending[0])
  }

  test('sees nothing of the others, in any list, count or figure', async () => {
    await open()
    const seen = async (line: string): Promise<string> =>
      JSON.stringify((await opened.call(line, { actor: mine })).body)
    for (const line of [
      'GET /jobs',
      'GET /jobs/counts',
      'GET /queues',
      'GET /failed-jobs',
      'GET /metrics',
      'GET /overview',
    ])
      expect(await seen(line)).not.toMatch(/mail|send/)
    expect(await seen('GET /prometheus')).not.toMatch(/mail|send/)
    expect(await seen('GET /jobs')).toContain('slow')
    expect(await seen('GET /jobs/counts')).toContain('"pending":1')
    expect(await seen('GET /failed-jobs')).toContain('"total":0')
  })

  test('finds no job there, and may do nothing with one', async () => {
    await open()
    const ask = (line: string, body?: unknown): Promise<Answer> =>
      opened.call(line, { actor: mine, ...(body !== undefined && { body }) })
    expect((await ask(`GET /jobs/${other}`)).status).toBe(404)
    expect((await ask(`GET /jobs/${other}/logs`)).status).toBe(404)
    expect((await ask('GET /queues/mail')).status).toBe(404)
    expect((await ask(`GET /jobs?q=${other}`)).body).toMatchObject({ jobs: [] })
    expect((await ask(`GET /jobs?queue=mail`)).body).toMatchObject({ jobs: [] })
    for (const line of [`POST /jobs/${other}/cancel`, `DELETE /jobs/${other}`])
      expect((await ask(line)).status).toBe(403)
    expect((await ask('POST /jobs', { type: 'send', payload: { to: 1 } })).status).toBe(403)
    const many = await ask('POST /jobs/actions', { action: 'cancel', ids: [String(other), String(own)] })
    expect(many.body).toEqual({
      matched: 1,
      changed: 1,
      refused: [{ id: String(other), code: 'JOB_NOT_FOUND', detail: `there is no job ${other}` }],
    })
    expect((await ask('POST /failed-jobs/retry', { selection: { all: true } })).body).toEqual({
      matched: 0,
      changed: 0,
    })
    expect((await ask('POST /failed-jobs/delete', { selection: { queue: 'mail' } })).status).toBe(403)
    expect((await ask('POST /failed-jobs/delete', { selection: { all: true }, dryRun: true })).body).toEqual({
      matched: 0,
      changed: 0,
    })
    expect((await opened.call(`GET /jobs/${other}`)).body).toMatchObject({ state: 'pending' })
  })
})
