import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openFailureSite } from './failing-jobs.ts'
import { openPage } from './open-page.ts'

let browser: Browser

async function seesWhy(page: Page): Promise<void> {
  await page.getByText('Failed after 2 of 2 attempts').waitFor()
  const why = page.getByRole('region', { name: 'Why it failed' })
  expect(await why.textContent()).toContain("Expected ',' or '}' after property value in JSON")
  expect(await why.textContent()).toContain('failing-jobs.ts')
  expect(await page.getByRole('region', { name: 'Payload' }).textContent()).toContain('"broken"')
  expect(await page.getByRole('list', { name: 'Log' }).textContent()).toContain('package=broken')
}

async function seesEnd(page: Page): Promise<void> {
  await page.getByText(/^Completed in .* at attempt 3$/).waitFor()
  expect(await page.getByRole('region', { name: 'Result' }).textContent()).toContain('"broken"')
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('whoever follows the login link finds a failed job, sees why, retries it and sees it end, by mouse', async () => {
    const { url, loginLink, failedId, stellwerk } = await openFailureSite()
    const { page, complaints } = await openPage(browser, url)
    await page.goto(await loginLink())
    expect(page.url()).toBe(`${url}/`)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Failures' }).click()
    await page.getByRole('link', { name: `Job ${failedId}` }).click()
    await seesWhy(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await seesEnd(page)
    expect((await stellwerk.job(failedId)).state).toBe('completed')
    expect(complaints).toEqual([])
  })

  test('the same by keyboard alone', async () => {
    const { url, loginLink, failedId, stellwerk } = await openFailureSite()
    const { page, complaints } = await openPage(browser, url)
    await page.goto(await loginLink())
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.type('gf')
    await page.getByRole('link', { name: `Job ${failedId}` }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await seesWhy(page)
    await page.keyboard.press('r')
    await seesEnd(page)
    expect((await stellwerk.job(failedId)).state).toBe('completed')
    expect(complaints).toEqual([])
  })

  test('the same with Tab and Enter, for whom single keys are switched off', async () => {
    const { url, loginLink, failedId } = await openFailureSite()
    const { page, complaints } = await openPage(browser, url)
    await page.addInitScript(`localStorage.setItem('stellwerk.preferences', '{"hasShortcuts":false}')`)
    await page.goto(await loginLink())
    await tabTo(page, 'Failures')
    await page.keyboard.press('Enter')
    await tabTo(page, `Job ${failedId}`)
    await page.keyboard.press('Enter')
    await seesWhy(page)
    await tabTo(page, 'Retry')
    await page.keyboard.press('Enter')
    await seesEnd(page)
    expect(complaints).toEqual([])
  })
}

/** Presses Tab until the focus is on something with that name. */
async function tabTo(page: Page, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).or(page.getByLabel(name)).first().waitFor()
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
    )
    if (focused.startsWith(name)) return
  }
  throw new Error(`Tab does not lead to '${name}'`)
}
