import { expect, test } from 'vitest'
import type { ControlRoomOptions } from '../../src/client/control-room-options.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { createLoginLink } from '../../src/operations/create-login-link.ts'
import { greet, openTestStellwerk, serve } from './open-room.ts'
import { sendRaw, statusOf } from './raw-socket.ts'

/** A served room with one waiting job, and the cookie of an admin who is logged in. */
async function openServed(options: ControlRoomOptions = {}) {
  const stellwerk = await openTestStellwerk()
  await stellwerk.dispatch(greet, undefined)
  const address = await serve(stellwerk.controlRoom(options))
  const cookie = await cookieOf(stellwerk, address)
  const send = (...lines: readonly string[]) => sendRaw(address, `${lines.join('\r\n')}`)
  return { stellwerk, address, cookie, send }
}

async function cookieOf(stellwerk: Stellwerk, address: string): Promise<string> {
  const code = await createLoginLink(stellwerk.deps())
  const answer = await fetch(`http://${address}/login?code=${code}`, { redirect: 'manual' })
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

const json = ['Content-Type: application/json', 'Content-Length: 2', 'Connection: close', '', '{}'] as const

test('no request that another site can make a browser send changes anything', async () => {
  const { stellwerk, address, cookie, send } = await openServed()
  const forms = [
    ['POST', 'Sec-Fetch-Site: cross-site', 'Content-Type: application/x-www-form-urlencoded'],
    ['POST', 'Sec-Fetch-Site: same-site', 'Content-Type: text/plain'],
    ['POST', 'Sec-Fetch-Site: none', 'Content-Type: multipart/form-data; boundary=x'],
    ['POST', 'Origin: https://evil.example', 'Content-Type: application/json'],
    ['POST', 'Origin: null', 'Content-Type: application/json'],
    ['POST', `Origin: http://${address}.evil.example`, 'Content-Type: application/json'],
    ['POST', `Referer: http://127.0.0.1/`, 'Content-Type: application/json'],
    ['DELETE', 'Sec-Fetch-Site: cross-site', 'X-Any: 1'],
    ['PATCH', 'Origin: https://evil.example', 'Content-Type: application/json'],
    ['PUT', 'Sec-Fetch-Site: cross-site', 'Content-Type: application/json'],
    ['OPTIONS', 'Origin: https://evil.example', 'Access-Control-Request-Method: DELETE'],
    ['post', 'Sec-Fetch-Site: cross-site', 'X-Any: 1'],
  ] as const
  for (const [method, from, type] of forms) {
    for (const path of ['/api/v1/jobs/1/cancel', '/api/v1/jobs/1', '/api/v1/jobs', '/api/v1/session']) {
      const answer = await send(
        `${method} ${path} HTTP/1.1`,
        `Host: ${address}`,
        `Cookie: ${cookie}`,
        from,
        type,
        ...json.slice(1),
      )
      expect([method, path, from, statusOf(answer)]).toEqual([method, path, from, method === 'post' ? 400 : 403])
      expect(answer.toLowerCase()).not.toContain('access-control-allow')
    }
  }
  expect((await stellwerk.job(1)).state).toBe('pending')
  const image = [
    'GET /api/v1/jobs/1/cancel HTTP/1.1',
    `Host: ${address}`,
    `Cookie: ${cookie}`,
    'Sec-Fetch-Site: cross-site',
  ]
  expect(statusOf(await send(...image, 'Connection: close', '', ''))).toBe(403)
  const audit = await fetch(`http://${address}/api/v1/jobs`, { headers: { cookie } })
  expect(await audit.json()).toMatchObject({ jobs: [{ id: '1' }] })
})

test('the same from our own page works', async () => {
  const { stellwerk, address, cookie, send } = await openServed()
  const line = 'POST /api/v1/jobs/1/cancel HTTP/1.1'
  const answer = await send(line, `Host: ${address}`, `Cookie: ${cookie}`, 'Sec-Fetch-Site: same-origin', ...json)
  expect(statusOf(answer)).toBe(200)
  expect((await stellwerk.job(1)).state).toBe('cancelled')
})

test('a stream is not opened for a page of another site', async () => {
  const { address, cookie, send } = await openServed()
  const head = ['GET /api/v1/stream?topics=overview HTTP/1.1', `Host: ${address}`, `Cookie: ${cookie}`]
  expect(statusOf(await send(...head, 'Sec-Fetch-Site: cross-site', '', ''))).toBe(403)
  expect(statusOf(await send('GET /api/v1/stream?topics=overview HTTP/1.1', 'Host: evil.example', '', ''))).toBe(421)
})

test.for([
  'Host: evil.example',
  'Host: 127.0.0.1.evil.example',
  'Host: evil.example\r\nX-Forwarded-Host: localhost',
  'Host: localhost\r\nHost: evil.example',
  'Host: evil.example:7575',
  'Host: localhost, evil.example',
  'Host: ',
])('a name that suddenly points here reads nothing: %s', async (host) => {
  const { cookie, send } = await openServed()
  for (const path of ['/', '/api/v1/jobs', '/health/live', '/assets/x.js', '/login?code=x']) {
    const answer = await send(`GET ${path} HTTP/1.1`, host, `Cookie: ${cookie}`, 'Connection: close', '', '')
    expect([path, statusOf(answer)]).toEqual([path, expect.toSatisfy((status) => status === 421 || status === 400)])
  }
})

test('an absolute address in the request line is no way around the host', async () => {
  const { address, cookie, send } = await openServed()
  const rest = [`Cookie: ${cookie}`, 'Connection: close', '', '']
  expect(statusOf(await send('GET http://localhost/api/v1/jobs HTTP/1.1', 'Host: evil.example', ...rest))).toBe(421)
  expect(statusOf(await send('GET http://evil.example/api/v1/jobs HTTP/1.1', `Host: ${address}`, ...rest))).toBe(200)
})

test('no frame of another site shows any answer', async () => {
  const { address, send } = await openServed()
  for (const path of ['/', '/jobs', '/login', '/nowhere', '/api/v1/jobs']) {
    const answer = await send(
      `GET ${path} HTTP/1.1`,
      `Host: ${address}`,
      'Accept: text/html',
      'Connection: close',
      '',
      '',
    )
    expect(answer).toMatch(/x-frame-options: DENY/i)
    expect(answer).toMatch(/frame-ancestors 'none'/)
  }
})

/** Five hundred ways to say "one folder up", and other names of files that are none. */
function traversals(): readonly string[] {
  const dots = ['..', '%2e%2e', '%2E.', '.%2e', '%252e%252e', '..;', '%c0%ae%c0%ae', '%uff0e%uff0e', '....', '.%00.']
  const slashes = ['/', '%2f', '%2F', '\\', '%5c', '%5C', '%252f', '%c0%af', '//', '/./']
  const files = ['etc/passwd', 'package.json', 'index.js', 'assets.generated.js', 'stellwerk.db']
  return dots.flatMap((dot) => slashes.flatMap((slash) => files.map((file) => `${dot}${slash}${dot}${slash}${file}`)))
}

test('five hundred ways to leave the folder of assets, and none leads anywhere', async () => {
  const { address } = await openServed({ rateLimits: { requests: { perSecond: 10_000, burst: 10_000 } } })
  const paths = traversals()
  expect(paths.length).toBe(500)
  const others = [
    `/assets/${'a'.repeat(7_000)}.js`,
    '/assets/%00.js',
    '/assets/con.js',
    '/assets/',
    '/assets',
    '/.env',
    '/__proto__.js',
  ]
  for (const path of [...paths.map((way) => `/assets/${way}`), ...others]) {
    const answer = await sendRaw(address, `GET ${path} HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`)
    expect([path, statusOf(answer)]).toEqual([path, 404])
    expect(answer).not.toMatch(/root:|"dependencies"|import /)
  }
})

test('garbage on the wire ends its own connection and nothing else', async () => {
  const { address, cookie } = await openServed()
  const garbage: readonly (string | Uint8Array)[] = [
    'GET / HTTP/9.9\r\n\r\n',
    '\0\0\0\0',
    'GET /\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: ${address}\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`,
    `POST /api/v1/jobs HTTP/1.1\r\nHost: ${address}\r\nContent-Length: -1\r\n\r\n`,
    `POST /api/v1/jobs HTTP/1.1\r\nHost: ${address}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/v1/jobs HTTP/1.1\r\nHost: ${address}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    `TRACE / HTTP/1.1\r\nHost: ${address}\r\n\r\n`,
    `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${address}\r\n\r\n`,
    `GET /%ff%fe%zz HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`,
    `GET /api/v1/jobs/%00 HTTP/1.1\r\nHost: ${address}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    `GET /api/v1/jobs?limit=%ff&cursor=${'%00'.repeat(500)} HTTP/1.1\r\nHost: ${address}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    new Uint8Array(2_000).map((_, index) => (index * 37) % 256),
  ]
  for (const bytes of garbage) {
    const status = statusOf(await sendRaw(address, bytes, 300))
    expect([String(bytes).slice(0, 40), status === null || (status >= 400 && status < 500)]).toEqual([
      String(bytes).slice(0, 40),
      true,
    ])
  }
  expect((await fetch(`http://${address}/health/live`)).status).toBe(200)
})
