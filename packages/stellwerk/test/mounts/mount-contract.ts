import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type ControlRoomOptions, defineJob, openStellwerk, type Stellwerk } from 'stellwerk'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPath } from '../temporary-store.ts'
import { type Answered, type Asked, ask, open } from './ask.ts'

/** A room that some framework has mounted and that listens. */
export interface Mounted {
  /** Scheme, host and port. */
  readonly origin: string
  /** Prefix of the mount, '' at the root. */
  readonly prefix: string
  /** Certificate to trust, where it speaks TLS. */
  readonly ca?: string
  /** Streams that its server still writes to. */
  readonly streams: () => number
}

/** A way to mount: gets a Stellwerk and the options its room must have, ends with the test. */
export type Mount = (stellwerk: Stellwerk, options: ControlRoomOptions) => Promise<Mounted>

const greet = defineJob({ name: 'greet', handle: () => null })

async function openMounted(mount: Mount) {
  const stellwerk = await openStellwerk({ store: `sqlite:${temporaryPath()}`, jobs: [greet] })
  onTestFinished(() => stellwerk.close())
  const mounted = await mount(stellwerk, {})
  const { origin, prefix, ca } = mounted
  const trust = ca === undefined ? {} : { ca }
  const get = (path: string, asked: Asked = {}): Promise<Answered> =>
    ask(`${origin}${prefix}${path}`, { ...trust, ...asked })
  const stream = (path: string, headers: Asked['headers'] = {}): Promise<IncomingMessage> =>
    open(`${origin}${prefix}${path}`, { ...trust, headers })
  return { stellwerk, mounted, get, stream }
}

/** Logs in by a link of the room; returns the cookie. */
async function logIn(stellwerk: Stellwerk, get: (path: string) => Promise<Answered>): Promise<string> {
  const { status, headers } = await get(await stellwerk.controlRoom({ authorize: () => null }).loginPath())
  expect(status).toBe(303)
  return headers['set-cookie']?.[0]?.split(';', 1)[0] ?? ''
}

/** What every mount promises, whatever the framework. */
export function mountContract(name: string, mount: Mount): void {
  describe(name, () => {
    test('a link logs in and leads into the room, whose page finds its files', async () => {
      const { stellwerk, mounted, get } = await openMounted(mount)
      const entered = await get(await stellwerk.controlRoom({ authorize: () => null }).loginPath())
      expect([entered.status, entered.headers.location]).toEqual([303, `${mounted.prefix}/`])
      const [cookie = ''] = entered.headers['set-cookie'] ?? []
      expect(cookie.startsWith('__Host-')).toBe(mounted.ca !== undefined)
      const page = await get('/', { headers: { accept: 'text/html' } })
      expect(page.status).toBe(200)
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(page.text).toContain(`"basePath":"${mounted.prefix}"`)
      const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(page.text) ?? []
      expect(script.startsWith(`${mounted.prefix}/assets/`)).toBe(true)
      const asset = await get(script.slice(mounted.prefix.length), { headers: { 'accept-encoding': 'identity' } })
      expect([asset.status, asset.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
      expect(asset.headers['cache-control']).toContain('immutable')
      expect(asset.text.length).toBeGreaterThan(100)
      expect((await get('/jobs', { headers: { accept: 'text/html' } })).status).toBe(200)
    })

    test('jobs are listed and changed', async () => {
      const { stellwerk, mounted, get } = await openMounted(mount)
      await stellwerk.dispatch(greet, undefined)
      const cookie = await logIn(stellwerk, get)
      const headers = { cookie, origin: mounted.origin, 'content-type': 'application/json' }
      const list = await get('/api/v1/jobs?state=pending', { headers: { cookie } })
      expect(JSON.parse(list.text)).toMatchObject({ jobs: [{ id: '1', state: 'pending' }] })
      const changed = await get('/api/v1/jobs/1', { method: 'PATCH', headers, body: '{"priority":7}' })
      expect([changed.status, JSON.parse(changed.text)]).toEqual([200, expect.objectContaining({ priority: 7 })])
      const cancelled = await get('/api/v1/jobs/1/cancel', { method: 'POST', headers })
      expect([cancelled.status, JSON.parse(cancelled.text)]).toEqual([
        200,
        expect.objectContaining({ state: 'cancelled' }),
      ])
      expect((await get('/api/v1/jobs/1', { method: 'DELETE', headers })).status).toBe(204)
      const head = await get('/api/v1/jobs', { method: 'HEAD', headers: { cookie } })
      expect([head.status, head.text]).toEqual([200, ''])
    })

    test('changes come over the stream, unbuffered, and it ends when the viewer leaves', async () => {
      const { stellwerk, mounted, get, stream } = await openMounted(mount)
      const cookie = await logIn(stellwerk, get)
      const following = await stream('/api/v1/stream?topics=queues', { cookie })
      expect(following.headers['content-type']).toBe('text/event-stream; charset=utf-8')
      expect(following.headers['x-accel-buffering']).toBe('no')
      let text = ''
      following.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      following.on('error', () => {})
      await vi.waitFor(() => expect(text).toContain('event: snapshot'), 20_000)
      expect(mounted.streams()).toBe(1)
      await stellwerk.dispatch(greet, undefined)
      await vi.waitFor(() => expect(text).toContain('event: patch'), 20_000)
      following.destroy()
      await vi.waitFor(() => expect(mounted.streams()).toBe(0), 20_000)
    })

    test('what is not there is not found, and who is not known gets nothing', async () => {
      const { get } = await openMounted(mount)
      for (const path of ['/api/v1/nothing', '/assets/nothing.js', '/nothing.txt'])
        expect([path, (await get(path)).status]).toEqual([path, 404])
      expect((await get('/nothing', { headers: { accept: 'text/html' } })).status).toBe(404)
      expect((await get('/api/v1/jobs')).status).toBe(401)
      expect((await get('/health/live')).status).toBe(200)
    })

    test('a page of another site changes nothing, and another host name reads nothing', async () => {
      const { stellwerk, get } = await openMounted(mount)
      await stellwerk.dispatch(greet, undefined)
      const cookie = await logIn(stellwerk, get)
      const cancel = (headers: Asked['headers']) =>
        get('/api/v1/jobs/1/cancel', { method: 'POST', headers: { cookie, ...headers } })
      expect((await cancel({ origin: 'https://evil.example' })).status).toBe(403)
      expect((await cancel({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
      expect((await cancel({})).status).toBe(403)
      expect((await get('/api/v1/jobs', { headers: { cookie, host: 'evil.example' } })).status).toBe(421)
      expect((await stellwerk.job(1)).state).toBe('pending')
    })
  })
}

/** The certificate of the tests, which is its own authority. */
export const certificate = {
  cert: readFileSync(new URL('test-cert.pem', import.meta.url), 'utf8'),
  key: readFileSync(new URL('test-key.pem', import.meta.url), 'utf8'),
}
