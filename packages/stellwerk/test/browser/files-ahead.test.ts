import type { Browser } from 'playwright-core'
import { defineJob } from 'stellwerk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openPage } from './open-page.ts'
import { openSite } from './open-site.ts'

let browser: Browser

const send = defineJob({ name: 'send', queue: 'mails', handle: () => undefined })
const pages = ['/', '/queues', '/queues/mails', '/jobs', '/jobs/1', '/failed', '/workers', '/workers/w_0', '/about']

/** The scripts that a page's markup names ahead, and those of pages and languages that it then asked for. */
async function scriptsOf(url: string, login: string | null, path: string) {
  const { page, complaints } = await openPage(browser, url)
  if (login !== null) await page.goto(login)
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).pathname))
  const answer = await page.goto(url + path)
  await page.locator('h1').first().waitFor()
  const markup = (await answer?.text()) ?? ''
  const ahead = [...markup.matchAll(/<link rel="modulepreload" crossorigin href="([^"]+)">/g)].map(([, href]) => href)
  const needed = [...asked].filter((name) => /\/(?:[a-z]+-page|en|de)-[\w-]{8}\.js$/.test(name))
  return { ahead: ahead.toSorted(), needed: needed.toSorted(), complaints }
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test.for(pages)('the markup of %s names the scripts ahead that the page then needs, and no other', async (path) => {
    const site = await openSite({ jobs: [send] })
    await site.stellwerk.dispatch(send)
    const { ahead, needed, complaints } = await scriptsOf(site.url, await site.loginLink(), path)
    expect(ahead.length).toBeGreaterThanOrEqual(2)
    expect(ahead).toEqual(needed)
    // No worker of this id was ever there, and the browser says so by itself.
    expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([])
  })

  test('who is not signed in gets those of the login', async () => {
    // Somebody may come in, but not this one: then the room shows its login.
    const site = await openSite({ jobs: [send], room: { authorize: () => null } })
    const { ahead, needed } = await scriptsOf(site.url, null, '/jobs')
    expect(ahead.map((name) => name?.replace(/-[\w-]{8}\.js$/, ''))).toEqual(['/assets/en', '/assets/login-page'])
    expect(needed).toEqual(expect.arrayContaining(ahead))
  })
}
