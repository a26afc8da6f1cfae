import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { skipUnless } from '../../stellwerk/test/setup/skip-unless.ts'
import { buildRoom } from './build-room.ts'
import { findChromium, startChromium } from './chromium.ts'
import { type FixtureServer, startFixtureServer } from './fixture-server.ts'
import { scenarios } from './fixtures/scenarios.ts'
import { openEyes, openVisit } from './open-visit.ts'

let browser: Browser
let server: FixtureServer

/** Opens the overview for the first time; the page, and the paths that it asked for until it had all its figures and stood live. */
async function visit(theme: 'light' | 'dark'): Promise<{ readonly page: Page; readonly paths: readonly string[] }> {
  const paths: string[] = []
  const eyes = await openEyes(browser, { theme, language: 'en', width: 1280 })
  const page = await openVisit({
    eyes,
    url: server.url,
    visit: { name: 'overview', scenario: 'trouble', path: '/' },
    prepare: (made) =>
      made.on('request', (request) => {
        if (!request.url().startsWith('data:')) paths.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\./, '.'))
      }),
  })
  await page.waitForFunction(() => document.querySelector('.time-plot canvas') !== null)
  await page.locator('[data-mode="live"]').first().waitFor({ state: 'attached' })
  return { page, paths }
}

/** Notes each drawing that has a placeholder. It runs in the page, before its own code. */
const watchPlaceholders = `(() => {
  globalThis.placeholders = []
  const look = () => {
    const drawn = document.querySelector('.skeleton, .time-plot:empty')
    if (drawn !== null) placeholders.push(drawn.className)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

/** A page waits for its file for a moment only; here that moment is long enough for any machine. It runs in the page, before its own code. */
const lengthenPatience = `(() => {
  const own = setTimeout
  globalThis.setTimeout = (work, ms = 0, ...rest) => own(work, 100 * ms, ...rest)
})()`

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    buildRoom()
    browser = await startChromium()
    server = await startFixtureServer(scenarios.trouble)
  })

  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  test('a first visit of the overview is six requests, its figures, its chart and its stream included', async () => {
    const { page, paths } = await visit('light')
    expect(paths.toSorted()).toEqual([
      '/',
      '/api/v1/stream',
      '/assets/en.js',
      '/assets/overview-page.js',
      '/assets/room.js',
      '/assets/style.css',
    ])
    await page.context().close()
  })

  test('the first paint of the overview has its figures and its chart', async () => {
    const eyes = await openEyes(browser, { theme: 'light', language: 'en', width: 1280 })
    await eyes.addInitScript(watchPlaceholders)
    await eyes.addInitScript(lengthenPatience)
    const page = await openVisit({
      eyes,
      url: server.url,
      visit: { name: 'overview', scenario: 'trouble', path: '/' },
    })
    await page.waitForFunction(() => document.querySelector('.time-plot canvas') !== null)
    expect(await page.evaluate('placeholders')).toEqual([])
    await eyes.close()
  })

  test.for(['/', '/failed'])('what the server says of a failure is German on the German page %s', async (path) => {
    const eyes = await openEyes(browser, { theme: 'light', language: 'de', width: 1280 })
    const page = await openVisit({ eyes, url: server.url, visit: { name: 'german', scenario: 'trouble', path } })
    await page.getByText('Job 18829933 lief länger als sein Zeitlimit').waitFor()
    expect(await page.getByText('ran longer than').count()).toBe(0)
    // What a handler said stays as it said it.
    await page.getByText('Greylisting in action').waitFor()
    await eyes.close()
  })

  test('nothing is drawn before the theme that was chosen is set', async () => {
    const { page } = await visit('dark')
    const isRenderBlocking = await page.evaluate(
      () => document.querySelector('script[type="module"]')?.getAttribute('blocking') === 'render',
    )
    expect(isRenderBlocking).toBe(true)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.context().close()
  })
}
