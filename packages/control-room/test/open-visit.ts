import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Visit } from './visits.ts'

/** How a page is looked at. */
export interface Look {
  readonly theme: string
  readonly language: string
  /** Of the window, in CSS pixels; below 640 it is a phone. */
  readonly width: number
}

interface Opening {
  /** Of {@link openEyes}. */
  readonly eyes: BrowserContext
  /** Address of the room. */
  readonly url: string
  readonly visit: Visit
  /** Called with the new page before it loads anything. */
  readonly prepare?: (page: Page) => void
}

/** A browser of its own for every page that is looked at in the same way: what they share is loaded and compiled once. */
export async function openEyes(browser: Browser, look: Look): Promise<BrowserContext> {
  const isPhone = look.width < 640
  const eyes = await browser.newContext({
    viewport: { width: look.width, height: isPhone ? 780 : 800 },
    deviceScaleFactor: isPhone ? 2 : 1,
    hasTouch: isPhone,
    locale: look.language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const chosen = JSON.stringify({ theme: look.theme, language: look.language })
  await eyes.addInitScript((text) => localStorage.setItem('stellwerk.preferences', text), chosen)
  return eyes
}

/** Opens a page, and waits until it has its figures. */
export async function openVisit({ eyes, url, visit, prepare }: Opening): Promise<Page> {
  const page = await eyes.newPage()
  prepare?.(page)
  await page.goto(url + visit.path)
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton, .time-plot:empty') === null)
  for (const key of visit.keys ?? []) await page.keyboard.press(key)
  if (visit.click !== undefined) await page.locator(visit.click).first().click()
  return page
}
