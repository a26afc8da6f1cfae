// Pictures of every page in both themes and languages, wide and narrow, in packages/control-room/screenshots: to be looked at one by one.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { startChromium } from './chromium.ts'
import { type FixtureServer, startFixtureServer } from './fixture-server.ts'
import { type ScenarioName, scenarios } from './fixtures/scenarios.ts'
import { openEyes, openVisit } from './open-visit.ts'
import { visits } from './visits.ts'

const OUT = join(import.meta.dirname, '../screenshots')

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    theme: { type: 'string' },
    language: { type: 'string' },
    width: { type: 'string' },
  },
})
/** What comes late, and what is laid out anew in the higher window, is measured again. */
async function fitWindow(page: Page, width: number): Promise<void> {
  for (let before = 0, round = 0; round < 10; round += 1) {
    const height = await page.evaluate(async () => {
      await new Promise((done) => setTimeout(done, 150))
      return document.documentElement.scrollHeight
    })
    if (height === before) return
    await page.setViewportSize({ width, height })
    before = height
  }
}

const themes = ['light', 'dark'].filter((theme) => values.theme === undefined || theme === values.theme)
const languages = ['en', 'de'].filter((language) => values.language === undefined || language === values.language)
const widths = [1280, 360].filter((width) => values.width === undefined || String(width) === values.width)
const wanted = visits.filter(({ name }) => values.only === undefined || name.includes(values.only))

if (values.only === undefined) await rm(OUT, { recursive: true, force: true })
await mkdir(OUT, { recursive: true })
const servers = new Map<ScenarioName, FixtureServer>()
const browser = await startChromium()
try {
  for (const theme of themes)
    for (const language of languages)
      for (const width of widths) {
        const eyes = await openEyes(browser, { theme, language, width })
        for (const visit of wanted) {
          const server = servers.get(visit.scenario) ?? (await startFixtureServer(scenarios[visit.scenario]))
          servers.set(visit.scenario, server)
          const page = await openVisit({ eyes, url: server.url, visit })
          // The picture of a full page would be taken without its touch layout: the window is made as high as the page.
          if (visit.click === undefined && visit.keys === undefined) await fitWindow(page, width)
          await page.screenshot({ path: join(OUT, `${visit.name}-${theme}-${language}-${width}.png`) })
          await page.close()
        }
        await eyes.close()
      }
} finally {
  await browser.close()
  for (const server of servers.values()) await server.close()
}
