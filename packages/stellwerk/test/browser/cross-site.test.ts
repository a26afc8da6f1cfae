import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openFailureSite } from './failing-jobs.ts'
import { listen } from './open-site.ts'

let browser: Browser

/** What another page can send without being asked, and what it can only try. Each is run in that page. */
const attacks: readonly (readonly [name: string, script: (url: string, id: number) => string])[] = [
  [
    'a form',
    (url, id) => `submit('${url}/api/v1/jobs/${id}/retry', 'application/x-www-form-urlencoded', { dryRun: 'false' })`,
  ],
  [
    'a form whose text is JSON',
    (url, id) =>
      `submit('${url}/api/v1/jobs/actions', 'text/plain', { '{"action":"delete","ids":["${id}"],"x":"': '"}' })`,
  ],
  ['a form of parts', (url, id) => `submit('${url}/api/v1/jobs/${id}/retry', 'multipart/form-data', {})`],
  [
    'a fetch with the cookie and JSON as text',
    (url, id) =>
      `fetch('${url}/api/v1/jobs/actions', { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': 'text/plain' }, body: '{"action":"retry","ids":["${id}"]}' })`,
  ],
  [
    'a fetch with the cookie and JSON as JSON',
    (url, id) =>
      `fetch('${url}/api/v1/jobs/actions', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{"action":"retry","ids":["${id}"]}' })`,
  ],
  [
    'a fetch without a body',
    (url, id) => `fetch('${url}/api/v1/jobs/${id}/retry', { method: 'POST', mode: 'no-cors', credentials: 'include' })`,
  ],
  ['a DELETE', (url, id) => `fetch('${url}/api/v1/jobs/${id}', { method: 'DELETE', credentials: 'include' })`],
  [
    'a PATCH',
    (url, id) =>
      `fetch('${url}/api/v1/jobs/${id}', { method: 'PATCH', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{"priority":100}' })`,
  ],
  ['a beacon', (url, id) => `navigator.sendBeacon('${url}/api/v1/jobs/${id}/retry', 'x')`],
  ['an image', (url, id) => `load('img', '${url}/api/v1/jobs/${id}/retry')`],
  ['an image of a deleting address', (url, id) => `load('img', '${url}/api/v1/jobs/${id}?_method=DELETE')`],
  ['a script', (url, id) => `load('script', '${url}/api/v1/jobs/${id}')`],
  ['another login', (url) => `submit('${url}/api/v1/session', 'text/plain', { '{"token":"x","y":"': '"}' })`],
  ['a logout', (url) => `fetch('${url}/api/v1/session', { method: 'DELETE', credentials: 'include' })`],
]

/** A page of somebody else. */
const hostile = `<!doctype html><title>other</title><body><script>
  function load(kind, src) { const element = document.createElement(kind); element.src = src; document.body.append(element) }
  // Each into a frame of its own: a frame that has not finished with one form may drop the next.
  let sinks = 0
  function submit(action, enctype, fields) {
    const sink = Object.assign(document.createElement('iframe'), { name: 'sink' + sinks++ })
    document.body.append(sink)
    const form = Object.assign(document.createElement('form'), { action, enctype, method: 'POST', target: sink.name })
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }))
    document.body.append(form); form.submit()
  }
</script></body>`

/** What an attack speaks to; the open page of the one who is attacked asks for other things. */
function isAttacked(path: string, id: number): boolean {
  return path.startsWith(`/api/v1/jobs/${id}`) || path === '/api/v1/jobs/actions' || path === '/api/v1/session'
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  // The same host on another port is another origin but the same site: the cookie goes along, and the origin has to be looked at.
  test.for(['127.0.0.1', 'localhost'])(
    'a page from another origin on %s changes nothing and reads nothing',
    async (host) => {
      const { url, loginLink, failedId, stellwerk, answered } = await openFailureSite()
      const other = (await listen(createServer((_request, response) => void html(response).end(hostile)))).replace(
        '127.0.0.1',
        host,
      )
      const context = await browser.newContext()
      const mine = await context.newPage()
      await mine.goto(await loginLink())
      await mine.getByRole('heading', { name: 'Overview' }).waitFor()
      const page = await context.newPage()
      const before = await stellwerk.job(failedId)
      await page.goto(other)
      for (const [name, script] of attacks) {
        const known = answered.length
        const arrived = () => answered.slice(known).filter(({ path }) => isAttacked(path, failedId))
        const read = await page.evaluate<string>(
          `Promise.resolve(${script(url, failedId)}).then((r) => r?.text?.() ?? '').catch(() => '')`,
        )
        expect(read, name).toBe('')
        await expect.poll(arrived, { timeout: 20_000, message: `${name} does not arrive` }).not.toEqual([])
        const changing = arrived().filter(({ method }) => method !== 'GET')
        expect(
          changing.filter(({ status }) => status < 400),
          name,
        ).toEqual([])
      }
      expect(await stellwerk.job(failedId)).toEqual(before)
      await mine.reload()
      await mine.getByRole('heading', { name: 'Overview' }).waitFor()
      await context.close()
    },
  )

  test('no other page can show the control room in a frame', async () => {
    const { url, loginLink } = await openFailureSite()
    const framing = `<!doctype html><title>other</title><iframe src="${url}/failed"></iframe>`
    const other = await listen(createServer((_request, response) => void html(response).end(framing)))
    const context = await browser.newContext()
    const mine = await context.newPage()
    await mine.goto(await loginLink())
    const page = await context.newPage()
    const refusals: string[] = []
    page.on('console', (message) => refusals.push(message.text()))
    await page.goto(other)
    await expect.poll(() => refusals.join('\n'), { timeout: 20_000 }).toMatch(/frame/i)
    const [, frame] = page.frames()
    expect(frame?.url()).not.toContain(url)
    await context.close()
  })
}

function html(response: import('node:http').ServerResponse): import('node:http').ServerResponse {
  return response.setHeader('content-type', 'text/html')
}
