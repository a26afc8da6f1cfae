import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { FaultProxy } from '../setup/fault-proxy.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openFailureSite } from './failing-jobs.ts'
import { openPage } from './open-page.ts'

let browser: Browser

const pages: readonly (readonly [name: string, path: (id: number) => string, shown: (id: number) => string])[] = [
  ['jobs', () => '/jobs', (id) => `Job ${id}`],
  ['failures', () => '/failed', (id) => `Job ${id}`],
  ['one job', (id) => `/jobs/${id}`, () => 'Why it failed'],
]

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('pages that are open while the store goes away say so, keep what they show, and go on by themselves', async () => {
    const proxy = await FaultProxy.start(inject('postgresUrl'))
    onTestFinished(() => proxy.close())
    const schema = `room_${process.pid}_${Date.now()}`
    const { url, loginLink, failedId, stellwerk } = await openFailureSite({
      store: proxy.through(inject('postgresUrl')),
      schema,
    })
    const { page } = await openPage(browser, url)
    await page.goto(await loginLink())
    const open = [page]
    for (const [, path, shown] of pages) {
      const next = await page.context().newPage()
      open.push(next)
      await next.goto(url + path(failedId))
      await next
        .getByLabel(shown(failedId))
        .or(next.getByText(shown(failedId)))
        .first()
        .waitFor()
    }
    proxy.goDown()
    for (const [index, [name, , shown]] of pages.entries()) {
      const at = open[index + 1] ?? page
      await at.bringToFront()
      await at
        .getByText(/^As of \d\d:\d\d:\d\d/)
        .first()
        .waitFor({ timeout: 40_000 })
      const rows = at
        .getByLabel(shown(failedId))
        .or(at.getByText(shown(failedId)))
        .first()
      expect(await rows.isVisible(), `${name} keeps what it shows`).toBe(true)
    }
    proxy.comeUp()
    await expect
      .poll(
        () =>
          stellwerk.retry(failedId).then(
            () => true,
            () => false,
          ),
        { timeout: 40_000 },
      )
      .toBe(true)
    const job = open[3] ?? page
    await job.bringToFront()
    await job.getByText(/^Completed in/).waitFor({ timeout: 40_000 })
    for (const at of open.slice(1)) {
      await at.bringToFront()
      await at
        .getByText(/^As of/)
        .first()
        .waitFor({ state: 'detached', timeout: 40_000 })
    }
  })
}
