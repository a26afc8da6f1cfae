import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visibleText } from '../../../control-room/src/ui/visible-text.ts'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { openPage } from '../browser/open-page.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { faultFigure, report } from './fault-scale.ts'
import { type HostileJob, openHostileSite } from './x18/hostile-site.ts'
import { hostileTexts } from './x18/hostile-texts.ts'

const figure = faultFigure({
  npm: { texts: 30, limitMs: 600_000 },
  ci: { texts: 300, limitMs: 1_800_000 },
  release: { texts: 2_000, limitMs: 10_800_000 },
})

/** Elements that no text of ours can be, and links that lead elsewhere. Run in the page; the answer should be empty. */
const strangers = `[...document.querySelectorAll(
  '#room :is(script, iframe, object, embed, img, video, audio, marquee, base, meta, link, style, template, noscript, x, math, form[action])'
)].map((element) => element.outerHTML.slice(0, 200)).concat(
  [...document.links].filter((link) => link.origin !== location.origin).map((link) => link.href)
)`

let browser: Browser

/** Goes to an address of the room without loading it anew, and waits until it has its figures. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
  try {
    await page.locator('h1').first().waitFor({ timeout: 30_000 })
    await page.locator('.skeleton').first().waitFor({ state: 'detached', timeout: 30_000 })
  } catch (cause) {
    throw new Error(`${path} shows ${await page.evaluate<string>('document.body.innerHTML.slice(0, 2000)')}`, { cause })
  }
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The pages on which a text is seen, and what of it has to be on them; null: it is in their address only. */
function visitsOf({ text, type, failedId, completedId }: HostileJob): readonly (readonly [string, string | null])[] {
  return [
    [`/jobs/${failedId}`, text],
    [`/jobs/${completedId}`, text],
    [`/queues/${encodeURIComponent(type)}`, type],
    [`/jobs?q=${encodeURIComponent(text)}`, null],
    [`/failed?q=${encodeURIComponent(`type:"${type.replaceAll(/["\\]/g, '\\$&')}"`)}`, type],
    [`/jobs/${encodeURIComponent(text)}`, null],
    [`/no/${encodeURIComponent(text)}`, null],
  ]
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('X18: hostile texts in every field that pages show are texts', { timeout: figure.limitMs }, async () => {
    const { url, jobs, loginLink } = await openHostileSite(hostileTexts(figure.texts))
    const { page, complaints } = await openPage(browser, url)
    await page.goto(await loginLink())
    let seen = 0
    for (const path of ['/', '/queues', '/stations', '/failed', '/jobs', '/about']) {
      await go(page, path)
      expect(await page.evaluate(strangers), path).toEqual([])
    }
    await page.goto(`${url}/jobs`)
    await page.getByRole('button', { name: 'Dispatch a job' }).click()
    await page.getByRole('dialog').getByRole('combobox').selectOption({ index: 1 })
    await page.keyboard.press('Escape')
    for (const job of jobs) {
      for (const [path, shown] of visitsOf(job)) {
        await go(page, path)
        expect(await page.evaluate(strangers), `${path} for ${job.text}`).toEqual([])
        if (shown === null) continue
        const content = async () => plain((await page.locator('#room').textContent()) ?? '')
        await expect.poll(content, { message: path, timeout: 20_000 }).toContain(plain(visibleText(shown)))
        seen++
      }
    }
    report('X18', { fired: seen, texts: jobs.length, complaints: complaints.length })
    expect(seen).toBe(4 * jobs.length)
    expect(complaints.filter((complaint) => !isRefusal(complaint))).toEqual([])
    expect(await page.evaluate('document.title')).toContain(jobs[0]?.text ?? '')
  })
}

/** What the browser itself says of a job that is not there. */
function isRefusal(complaint: string): boolean {
  return /^console error: Failed to load resource: .* status of 40[04]/.test(complaint)
}
