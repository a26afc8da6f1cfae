import type { Browser } from 'playwright-core'
import { defineJob } from 'stellwerk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openPage } from './open-page.ts'
import { openSite } from './open-site.ts'

let browser: Browser

const deliver = defineJob({
  name: 'deliver',
  queue: 'parcels',
  tries: 1,
  handle: () => {
    throw new Error('the depot is closed')
  },
})
const count = 1_301

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('more failures than a request takes are retried in the server, and the page says how many', async () => {
    const site = await openSite({ jobs: [deliver], room: { authorize: () => ({ name: 'ana', role: 'operator' }) } })
    const { page, complaints } = await openPage(browser, site.url)
    await site.stellwerk.dispatchMany(Array.from({ length: count }, () => deliver.with(undefined)))
    await site.work()
    await expect.poll(() => site.stellwerk.countFailed(), { timeout: 30_000 }).toBe(count)
    await page.goto(`${site.url}/failed`)
    await page.locator('#content').getByText('1,301 failed jobs').waitFor()
    await page.getByRole('button', { name: 'Retry all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 1,301 jobs' }).click()
    await page.getByText('1,301 jobs: it goes on in the server, also when you leave.').waitFor()
    const news = page.getByRole('region', { name: 'Under way in the server' })
    await news.getByText('1,301 retried, by ana').waitFor({ timeout: 20_000 })
    await expect.poll(() => site.stellwerk.countFailed(), { timeout: 30_000 }).toBe(count)
    const { attempt } = await site.stellwerk.job(1)
    expect(attempt).toBe(2)
    await news.getByRole('button', { name: 'Hide' }).click()
    await news.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })
}
