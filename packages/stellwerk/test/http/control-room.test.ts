import { expect, test, vi } from 'vitest'
import { createLoginLink } from '../../src/operations/create-login-link.ts'
import { createToken } from '../../src/operations/create-token.ts'
import { revokeToken } from '../../src/operations/revoke-token.ts'
import { newToken, openTestRoom, openTestStellwerk } from './open-room.ts'

const sameOrigin = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('closed by default: without a token every route but the bare health is refused, and a page says how to open it', async () => {
  const { ask } = openTestRoom(await openTestStellwerk())
  for (const path of ['/api/v1/overview', '/api/v1/jobs', '/api/v1/session', '/health', '/prometheus']) {
    const answer = await ask(path)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 401, 'application/problem+json'])
  }
  expect((await ask('/health/live')).status).toBe(200)
  const page = await ask('/', { headers: { accept: 'text/html' } })
  expect(page.status).toBe(403)
  expect(await page.text()).toContain('stellwerk token create')
  const german = await ask('/', { headers: { accept: 'text/html', 'accept-language': 'de-DE,de;q=0.9' } })
  expect(await german.text()).toContain('Diese Leitstelle ist geschlossen')
})

test('every answer carries the headers that keep pages safe, whatever it is', async () => {
  const { ask } = openTestRoom(await openTestStellwerk())
  for (const path of ['/', '/api/v1/overview', '/health/live', '/nowhere', '/assets/none.js', '/login?code=x']) {
    const { headers } = await ask(path)
    expect([path, headers.get('content-security-policy')?.startsWith("default-src 'none'")]).toEqual([path, true])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('a bearer token opens what its role may, and nothing once it is revoked', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const { token, text } = await createToken(stellwerk.deps(), { name: 'ada', role: 'viewer' })
  const session = await ask('/api/v1/session', { headers: bearer(text) })
  expect(await session.json()).toMatchObject({ actor: { kind: 'token', name: 'ada', role: 'viewer' }, queues: null })
  expect((await ask('/api/v1/tokens', { headers: bearer(text) })).status).toBe(403)
  await revokeToken(stellwerk.deps(), token.id)
  expect((await ask('/api/v1/session', { headers: bearer(text) })).status).toBe(401)
})

test('a token becomes a session by its cookie, and logging out ends it', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk)
  const body = JSON.stringify({ token: await newToken(stellwerk, 'operator') })
  const login = await ask('/api/v1/session', { method: 'POST', headers: sameOrigin, body })
  expect(login.status).toBe(204)
  const [set = ''] = login.headers.getSetCookie()
  expect(set).toMatch(/^stellwerk-\w+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/)
  const cookie = set.split(';', 1)[0] ?? ''
  const session = await ask('/api/v1/session', { headers: { cookie } })
  expect(await session.json()).toMatchObject({ actor: { kind: 'session', role: 'operator' } })
  const logout = await ask('/api/v1/session', { method: 'DELETE', headers: { ...sameOrigin, cookie } })
  expect([logout.status, logout.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
  expect((await ask('/api/v1/session', { headers: { cookie } })).status).toBe(401)
})

test('over TLS the cookie is bound to this host, as it is behind a proxy that speaks TLS', async () => {
  const stellwerk = await openTestStellwerk()
  const body = JSON.stringify({ token: await newToken(stellwerk, 'viewer') })
  const { ask } = openTestRoom(stellwerk, { behindProxy: true })
  const headers = { ...sameOrigin, 'x-forwarded-proto': 'https' }
  const login = await ask('/api/v1/session', { method: 'POST', headers, body })
  expect(login.headers.get('set-cookie')).toMatch(/^__Host-stellwerk-\w+=.*; Secure$/)
})

test('a login link works once, and who is in already is not turned away by opening it again', async () => {
  const stellwerk = await openTestStellwerk()
  const { ask } = openTestRoom(stellwerk, { basePath: '/jobs' })
  const code = await createLoginLink(stellwerk.deps())
  expect((await ask(`/jobs/login?code=${code}`, { method: 'HEAD' })).status).toBe(204)
  expect((await ask(`/jobs/login?code=${code}`, { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(204)
  const entered = await ask(`/jobs/login?code=${code}`)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/jobs/'])
  const cookie = entered.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const session = await ask('/jobs/api/v1/session', { headers: { cookie } })
  expect(await session.json()).toMatchObject({ actor: { kind: 'session', role: 'admin' } })
  const again = await ask(`/jobs/login?code=${code}`)
  expect([again.status, again.headers.get('location')]).toEqual([303, '/jobs/login?link=expired'])
  expect(again.headers.has('set-cookie')).toBe(false)
  const inside = await ask(`/jobs/login?code=${code}`, { headers: { cookie } })
  expect(inside.headers.get('location')).toBe('/jobs/')
})

test('guessing tokens is slowed down after five tries', async () => {
  const { ask } = openTestRoom(await openTestStellwerk())
  const guess = () =>
    ask('/api/v1/session', { method: 'POST', headers: sameOrigin, body: JSON.stringify({ token: 'stw_guess' }) })
  for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401)
  const refused = await guess()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '12'])
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' })
})

test('the application says who may what, and what it says holds in operations too', async () => {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch('greet')
  const authorize = vi.fn((request: Request) => {
    const user = request.headers.get('x-user')
    if (user === 'ada') return 'viewer' as const
    return user === 'ben' ? { permissions: ['job:read', 'job:cancel'] as const, queues: ['sms'], name: 'ben' } : null
  })
  const { ask } = openTestRoom(stellwerk, { authorize })
  const cancel = (user: string) =>
    ask('/api/v1/jobs/1/cancel', { method: 'POST', headers: { ...sameOrigin, 'x-user': user } })
  expect((await ask('/api/v1/jobs/1', { headers: { 'x-user': 'ada' } })).status).toBe(200)
  expect((await cancel('ada')).status).toBe(403)
  expect((await ask('/api/v1/jobs/1', { headers: { 'x-user': 'ben' } })).status).toBe(404)
  expect((await cancel('ben')).status).toBeGreaterThanOrEqual(403)
  expect((await ask('/api/v1/jobs/1', { headers: { 'x-user': 'eve' } })).status).toBe(401)
  expect((await stellwerk.job(1)).state).toBe('pending')
  expect((await ask('/', { headers: { accept: 'text/html' } })).status).not.toBe(403)
})

test.for([
  ['a role that does not exist', () => 'superuser' as never],
  ['a permission that does not exist', () => ({ permissions: ['everything'] }) as never],
  ['an error', () => Promise.reject(new Error('secret of the session store'))],
] as const)('%s from the application lets nobody in, and tells nothing', async ([, authorize]) => {
  const { ask } = openTestRoom(await openTestStellwerk(), { authorize })
  const answer = await ask('/api/v1/overview')
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toMatch(/secret|superuser\b.*stack|at .*\.ts/)
})

test('read-only takes every change from everybody', async () => {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch('greet')
  const { ask } = openTestRoom(stellwerk, { readOnly: true, authorize: () => 'admin' })
  expect((await ask('/api/v1/jobs/1/cancel', { method: 'POST', headers: sameOrigin })).status).toBe(403)
  expect(await (await ask('/api/v1/session')).json()).toMatchObject({ readOnly: true })
  expect((await ask('/api/v1/jobs/1')).status).toBe(200)
})

test('what the application takes out of a payload is not shown, by its job and by its stream; a function that fails shows nothing', async () => {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch('remember', { note: 'canary' })
  for (const [redact, shown] of [
    [
      (value: unknown, { type }: { type: string }) => ({ type, keys: Object.keys(value as object) }),
      { type: 'remember', keys: ['note'] },
    ],
    [() => undefined, null],
    [
      () => {
        throw new Error('no')
      },
      '[redacted]',
    ],
  ] as const) {
    const { ask } = openTestRoom(stellwerk, { authorize: () => 'admin', redact })
    expect(await (await ask('/api/v1/jobs/1')).json()).toMatchObject({ payload: shown })
    const stream = (await ask('/api/v1/stream?topics=job%3A1')).body?.getReader()
    let text = ''
    while (!text.includes('snapshot')) text += new TextDecoder().decode((await stream?.read())?.value)
    await stream?.cancel()
    expect(text).not.toContain('canary')
  }
})

test('one client that asks too often is told when to come back, others are not touched', async () => {
  const stellwerk = await openTestStellwerk()
  const limits = { rateLimits: { requests: { perSecond: 1, burst: 3 } } }
  const { ask } = openTestRoom(stellwerk, {
    ...limits,
    authorize: (request) => ({ role: 'viewer', name: request.headers.get('x-user') ?? '' }),
  })
  const as = async (user: string) => (await ask('/api/v1/session', { headers: { 'x-user': user } })).status
  expect([await as('ada'), await as('ada'), await as('ada'), await as('ada')]).toEqual([200, 200, 200, 429])
  expect(await as('ben')).toBe(200)
})

test('after a change a list shows it at once', async () => {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch('greet')
  const { ask } = openTestRoom(stellwerk, { authorize: () => 'admin' })
  const pending = async () => {
    const queues = (await (await ask('/api/v1/queues')).json()) as { queues: { counts: { pending: number } }[] }
    return queues.queues[0]?.counts.pending
  }
  expect(await pending()).toBe(1)
  expect((await ask('/api/v1/jobs/1/cancel', { method: 'POST', headers: sameOrigin })).status).toBe(200)
  expect(await pending()).toBe(0)
})

test('HEAD is GET without its body, and leaves no stream open', async () => {
  const { ask } = openTestRoom(await openTestStellwerk(), { authorize: () => 'admin' })
  const head = await ask('/api/v1/overview', { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([200, '', 'application/json'])
  expect((await ask('/api/v1/stream?topics=overview', { method: 'HEAD' })).status).toBe(200)
})

test('what is at no path is not found, what has another method says which', async () => {
  const { ask } = openTestRoom(await openTestStellwerk(), { authorize: () => 'admin', basePath: '/jobs' })
  expect((await ask('/elsewhere')).status).toBe(404)
  expect((await ask('/jobs/api/v1/nothing')).status).toBe(404)
  expect((await ask('/jobs/nothing', { method: 'POST', headers: sameOrigin })).status).toBe(404)
  const wrong = await ask('/jobs/api/v1/overview', { method: 'DELETE', headers: sameOrigin })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
})

test('a body that is announced too large is refused before it is read', async () => {
  const { ask } = openTestRoom(await openTestStellwerk(), { authorize: () => 'admin' })
  const headers = { ...sameOrigin, 'content-length': '99999999' }
  expect((await ask('/api/v1/jobs', { method: 'POST', headers, body: '{}' })).status).toBe(413)
})
