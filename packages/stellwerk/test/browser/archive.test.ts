import type { Browser } from 'playwright-core'
import { defineJob } from 'stellwerk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openPage } from './open-page.ts'
import { openSite } from './open-site.ts'

let browser: Browser

const bill = defineJob({ name: 'bill', queue: 'bills', handle: () => ({ total: 42 }) })

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('a completed job is archived from its page, says by whom, and is released from the list', async () => {
    const site = await openSite({ jobs: [bill], room: { authorize: () => ({ name: 'ana', role: 'operator' }) } })
    const { page, complaints } = await openPage(browser, site.url)
    await site.work()
    const { id } = await site.stellwerk.dispatch(bill, undefined)
    await page.goto(`${site.url}/jobs/${id}`)
    await page.getByText(/^Completed in/).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Archive 1 job' }).click()
    await page.getByText('1 job archived.').waitFor()
    await page.getByRole('button', { name: 'Release from archive', exact: true }).waitFor()
    await page.getByText(/ago · ana$/).waitFor()
    expect((await site.stellwerk.job(id)).archivedBy).toBe('ana')
    await page.goto(`${site.url}/jobs`)
    await page.getByRole('checkbox', { name: new RegExp(String(id)) }).check()
    await page
      .getByRole('region', { name: 'Selected jobs' })
      .getByRole('button', { name: 'Release from archive' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Release 1 job' }).click()
    await page.getByText('1 job released.').waitFor()
    expect((await site.stellwerk.job(id)).archivedAt).toBeNull()
    expect(complaints).toEqual([])
  })
}
