import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { skipUnless } from '../../stellwerk/test/setup/skip-unless.ts'
import { buildRoom } from './build-room.ts'
import { findChromium, startChromium } from './chromium.ts'
import { type FixtureServer, startFixtureServer } from './fixture-server.ts'
import { type ScenarioName, scenarios } from './fixtures/scenarios.ts'
import { openEyes, openVisit } from './open-visit.ts'
import { type Visit, visits } from './visits.ts'

let browser: Browser
const servers = new Map<ScenarioName, FixtureServer>()

async function serve(name: ScenarioName): Promise<FixtureServer> {
  const server = servers.get(name) ?? (await startFixtureServer(scenarios[name], '/rail/room'))
  servers.set(name, server)
  return server
}

/** One pair for each face: pages of one face share what they load. */
const eyes = new Map<string, BrowserContext>()

async function eyesFor({ theme, width }: Face): Promise<BrowserContext> {
  const key = `${theme} ${width}`
  const found = eyes.get(key) ?? (await openEyes(browser, { theme, width, language: 'en' }))
  eyes.set(key, found)
  return found
}

/** Gathers what must not be: messages of the console, and requests that leave the server. */
function watch(page: Page, url: string): string[] {
  const found: string[] = []
  page.on('console', (message) => found.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => found.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
      found.push(`request: ${request.url()}`)
  })
  return found
}

interface Face {
  readonly theme: 'light' | 'dark'
  readonly width: number
}

/** Each theme and each width of every page, in one load; every pair of them, each loaded by itself, with STELLWERK_PAGES=all. */
function facesToLoad(): readonly (readonly [Face, ...Face[]])[] {
  const [wide, narrow] = [1280, 360]
  if (process.env['STELLWERK_PAGES'] !== 'all')
    return [
      [
        { theme: 'light', width: wide },
        { theme: 'dark', width: narrow },
      ],
    ]
  return (['light', 'dark'] as const).flatMap(
    (theme) => [[{ theme, width: wide }], [{ theme, width: narrow }]] as const,
  )
}

/** Until nothing changes its colour any more in two frames that follow each other. */
const endTransitions = `(async () => {
  for (let quietFrames = 0; quietFrames < 2; ) {
    await new Promise(requestAnimationFrame)
    const running = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    for (const transition of running) transition.finish()
    quietFrames = running.length === 0 ? quietFrames + 1 : 0
  }
})()`

/** As the settings and the window do it. */
async function turnTo(page: Page, { theme, width }: Face): Promise<void> {
  await page.setViewportSize({ width, height: 780 })
  await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
  await page.evaluate(endTransitions)
}

/** What Chromium itself says of an answer that is rightly no success. */
function unavoidable({ name }: Visit): unknown[] {
  return name === 'job-missing' || name === 'worker-missing' ? [expect.stringContaining('404')] : []
}

async function complaintsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run({ resultTypes: ['violations'] })`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

async function checkFace(page: Page, { theme, width }: Face): Promise<void> {
  const face = `${theme} ${width}`
  expect(await complaintsOf(page), face).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth'), face).toBeLessThanOrEqual(width)
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    buildRoom()
    browser = await startChromium()
  })

  afterAll(async () => {
    await browser.close()
    for (const server of servers.values()) await server.close()
  })

  test.each(visits)('$name is open to everybody, silent, stays at home, and fits', async (visit) => {
    const { url } = await serve(visit.scenario)
    for (const [face, ...others] of facesToLoad()) {
      let found: string[] = []
      const page = await openVisit({
        ...{ eyes: await eyesFor(face), url, visit },
        prepare: (made) => (found = watch(made, url)),
      })
      await page.evaluate(axe.source)
      await checkFace(page, face)
      for (const other of others) {
        await turnTo(page, other)
        await checkFace(page, other)
      }
      expect(found).toEqual(unavoidable(visit))
      await page.close()
    }
  })
}
