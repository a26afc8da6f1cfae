import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { type FailureSite, openFailureSite } from './failing-jobs.ts'
import { openPage, type WatchedPage } from './open-page.ts'

let browser: Browser

/** Whoever opens the site has the role of the moment. */
interface RoleSite extends FailureSite, WatchedPage {
  readonly become: (role: 'viewer' | 'operator') => void
}

async function openAs(first: 'viewer' | 'operator'): Promise<RoleSite> {
  let role = first
  const site = await openFailureSite({ room: { authorize: () => ({ name: 'ana', role }) } })
  const watched = await openPage(browser, site.url)
  return {
    ...site,
    ...watched,
    become: (next) => {
      role = next
    },
  }
}

/** Chromium itself says of every answer that is no success that it is none. */
const forbidden = [expect.stringContaining('403')]

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('an operator whose right was taken away meanwhile is told so in words, and nothing changes', async () => {
    const { page, url, failedId, stellwerk, become, complaints } = await openAs('operator')
    await page.goto(`${url}/jobs`)
    const retry = page.getByRole('button', { name: `Retry ${failedId}`, exact: true })
    await retry.waitFor()
    become('viewer')
    await retry.click()
    await page.getByText('Your role does not allow that.').waitFor()
    expect((await stellwerk.job(failedId)).state).toBe('failed')
    expect(complaints).toEqual(forbidden)
  })

  test('an operator who retries what somebody else has deleted is told why nothing happened', async () => {
    const { page, url, failedId, stellwerk, complaints } = await openAs('operator')
    await page.goto(`${url}/jobs`)
    const retry = page.getByRole('button', { name: `Retry ${failedId}`, exact: true })
    await retry.waitFor()
    await page.getByRole('button', { name: /^Live/ }).click()
    await stellwerk.forget(failedId)
    await retry.click()
    await page.getByText('There is no such job. It may have been deleted, or removed by retention.').waitFor()
    expect(complaints).toEqual([])
  })

  test('a viewer finds nothing to press that changes a job, a queue or a worker', async () => {
    const { page, url, failedId, complaints } = await openAs('viewer')
    for (const path of ['/jobs', `/jobs/${failedId}`, '/failed', '/queues', '/queues/manifests', '/workers']) {
      await page.goto(url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.locator('.skeleton').count(), { timeout: 20_000 }).toBe(0)
      const names = await page
        .getByRole('button')
        .evaluateAll((found) => found.map(({ ariaLabel, textContent }) => ariaLabel ?? textContent ?? ''))
      const changing =
        /^(Retry|Delete|Cancel|Priority|Archive|Release|Pause|Resume|Orders|Begin|Dispatch|New job|Stop|Restart|Scale)/
      expect([path, names.filter((name) => changing.test(name))]).toEqual([path, []])
    }
    expect(complaints).toEqual([])
  })
}
