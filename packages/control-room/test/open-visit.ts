import type { Browser, Page } from 'playwright-core'
import type { Visit } from './visits.ts'

/** How a page is looked at. */
export interface Look {
  readonly theme: string
  readonly language: string
  /** Of the window, in CSS pixels; below 640 it is a phone. */
  readonly width: number
}

interface Opening {
  readonly browser: Browser
  /** Address of the room. */
  readonly url: string
  readonly visit: Visit
  readonly look: Look
  /** Called with every new page before it loads anything. */
  readonly prepare?: (page: Page) => void
}

/** Opens a page in a browser of its own, and waits until it has its figures. */
export async function openVisit({ browser, url, visit, look, prepare }: Opening): Promise<Page> {
  const isPhone = look.width < 640
  const context = await browser.newContext({
    viewport: { width: look.width, height: isPhone ? 780 : 800 },
    deviceScaleFactor: isPhone ? 2 : 1,
    hasTouch: isPhone,
    locale: look.language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const chosen = JSON.stringify({ theme: look.theme, language: look.language })
  await context.addInitScript((text) => localStorage.setItem('stellwerk.preferences', text), chosen)
  const page = await context.newPage()
  prepare?.(page)
  await page.goto(url + visit.path)
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton, .time-plot:empty') === null)
  for (const key of visit.keys ?? []) await page.keyboard.press(key)
  if (visit.click !== undefined) await page.locator(visit.click).first().click()
  return page
}
