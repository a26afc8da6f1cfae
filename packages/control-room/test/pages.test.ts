import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { skipUnless } from '../../stellwerk/test/setup/skip-unless.ts'
import { buildRoom } from './build-room.ts'
import { findChromium, startChromium } from './chromium.ts'
import { type FixtureServer, startFixtureServer } from './fixture-server.ts'
import { type ScenarioName, scenarios } from './fixtures/scenarios.ts'
import { openVisit } from './open-visit.ts'
import { type Visit, visits } from './visits.ts'

let browser: Browser
const servers = new Map<ScenarioName, FixtureServer>()

async function serve(name: ScenarioName): Promise<FixtureServer> {
  const server = servers.get(name) ?? (await startFixtureServer(scenarios[name], '/rail/room'))
  servers.set(name, server)
  return server
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

/** Each theme and each width of every page; every pair of them with STELLWERK_PAGES=all. */
function widthsIn(theme: string): readonly number[] {
  if (process.env['STELLWERK_PAGES'] === 'all') return [1280, 360]
  return [theme === 'light' ? 1280 : 360]
}

/** What Chromium itself says of an answer that is rightly no success. */
function unavoidable({ name, scenario }: Visit): unknown[] {
  const status =
    scenario === 'signedOut' ? '401' : name === 'job-missing' || name === 'worker-missing' ? '404' : undefined
  return status === undefined ? [] : [expect.stringContaining(status)]
}

async function complaintsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
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
    for (const theme of ['light', 'dark'])
      for (const width of widthsIn(theme)) {
        let found: string[] = []
        const look = { theme, width, language: 'en' }
        const page = await openVisit({ browser, url, visit, look, prepare: (made) => (found = watch(made, url)) })
        expect(await complaintsOf(page), `${theme} ${width}`).toEqual([])
        expect(found, `${theme} ${width}`).toEqual(unavoidable(visit))
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${theme} ${width}`).toBeLessThanOrEqual(
          width,
        )
        await page.context().close()
      }
  })
}
