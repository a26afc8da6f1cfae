import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openPage, type WatchedPage } from './open-page.ts'
import { openSite, type Site } from './open-site.ts'
import { endless, quick } from './steered-jobs.ts'

let browser: Browser

/** A site with somebody who has logged in. */
async function open(): Promise<Site & WatchedPage> {
  const site = await openSite({ jobs: [quick, endless] })
  const watched = await openPage(browser, site.url)
  await watched.page.goto(await site.loginLink())
  await watched.page.getByRole('heading', { level: 1 }).waitFor()
  return { ...site, ...watched }
}

/** A job that stays where it is for seconds: a station hears of a pause within one, and may take what is dispatched before. */
async function dispatchHeld(stellwerk: Site['stellwerk']): Promise<{ readonly id: number }> {
  for (;;) {
    const held = await stellwerk.dispatch(quick, undefined)
    const state = async () => (await stellwerk.jobDetails(held.id)).job.state
    let looks = 0
    while (looks < 30 && (await state()) === 'pending') {
      looks++
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    if (looks === 30) return held
    await expect.poll(state, { timeout: 20_000 }).toBe('completed')
  }
}

/** Two worker processes of the pool `mailers`, at most three. */
async function work(site: Site): Promise<void> {
  const modules = [fileURLToPath(new URL('./steered-jobs.ts', import.meta.url))]
  const mailers = { queues: ['mails'], processes: 2, min: 1, max: 3 }
  await site.work({ executor: 'process', modules, pools: { mailers } })
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('a queue is paused with a reason and for a while, keeps its jobs waiting, and goes on when it is resumed', async () => {
    const { page, url, stellwerk, work: start, complaints } = await open()
    await start()
    const before = await stellwerk.dispatch(quick, undefined)
    await page.goto(`${url}/jobs/${before.id}`)
    await page.getByText(/^Completed in/).waitFor()
    await page.goto(`${url}/queues/mails`)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Pause queue mails?' })
    await dialog.getByLabel('Reason').fill('the mail server moves')
    await dialog.getByRole('radio', { name: '15 min' }).click()
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByText(/^Paused by .*, .* ago, until \d\d:\d\d/).waitFor()
    await page.getByText('the mail server moves').waitFor()
    const held = await dispatchHeld(stellwerk)
    await page.getByText('1 job waits').waitFor()
    await page.goto(url)
    await page.getByText(/^Queue mails is paused by .*, and 1 job waits/).waitFor()
    expect((await stellwerk.jobDetails(held.id)).job.state).toBe('pending')
    await page.goto(`${url}/queues`)
    await page.getByRole('button', { name: 'Resume mails' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Queue mails is claimed again.').waitFor()
    await page.goto(`${url}/jobs/${held.id}`)
    await page.getByText(/^Completed in/).waitFor()
    expect(complaints).toEqual([])
  })

  test('a worker of a real station is paused and resumed by keyboard, its pool by mouse, and no more processes are taken than allowed', async () => {
    const site = await open()
    const { page, url, stellwerk, complaints } = site
    await work(site)
    await page.goto(`${url}/workers`)
    const rows = page.getByRole('table', { name: 'Workers of mailers' }).getByRole('row')
    await expect.poll(() => rows.getByText('Idle').count(), { timeout: 20_000 }).toBe(2)
    await page
      .getByRole('button', { name: /^Orders for worker w_/ })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pause', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog', { name: /^Pause worker w_/ })
      .getByText('1 worker will take no jobs')
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/^Pause: done for worker w_/).waitFor()
    await rows.getByText('Paused', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Orders for pool mailers' }).click()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click()
    await expect.poll(() => rows.getByText('Paused', { exact: true }).count(), { timeout: 20_000 }).toBe(2)
    const { id } = await stellwerk.dispatch(quick, undefined)
    await page.getByRole('button', { name: 'Orders for pool mailers' }).click()
    await page.getByRole('button', { name: 'Scale', exact: true }).click()
    const scale = page.getByRole('dialog', { name: 'Scale pool mailers' })
    await scale.getByLabel('Processes').fill('4')
    await scale.getByText('Give a whole number from 1 to 3.').waitFor()
    await page.keyboard.press('Escape')
    expect((await stellwerk.jobDetails(id)).job.state).toBe('pending')
    await page.getByRole('button', { name: 'Orders for pool mailers' }).click()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click()
    await page.getByText(/^Resume: done for pool mailers/).waitFor()
    await page.goto(`${url}/jobs/${id}`)
    await page.getByText(/^Completed in/).waitFor({ timeout: 20_000 })
    expect(complaints).toEqual([])
  })

  test('a running job is cancelled from its page after the dialog has said what that does', async () => {
    const site = await open()
    const { page, url, stellwerk, complaints } = site
    const { id } = await stellwerk.dispatch(endless, undefined)
    await work(site)
    await page.goto(`${url}/jobs/${id}`)
    await page.getByText(/^Running for/).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Cancel job', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/its station is told to abort its signal/).waitFor()
    await dialog.getByRole('button', { name: 'Cancel 1 job' }).click()
    await page.getByText(/^Cancelled .* ago$/).waitFor({ timeout: 20_000 })
    expect(complaints).toEqual([])
  })

  test('maintenance is begun from the page of workers, told on every page, and ended from its bar', async () => {
    const { page, url, complaints } = await open()
    await page.goto(`${url}/workers`)
    await page.getByRole('button', { name: 'Begin maintenance' }).click()
    const dialog = page.getByRole('dialog', { name: 'Begin maintenance?' })
    await dialog.getByLabel('Reason').fill('new schema')
    await page.keyboard.press('Enter')
    await page
      .getByText(/^Maintenance since .*, by /)
      .first()
      .waitFor()
    await page.goto(`${url}/jobs`)
    await page.getByText(/“new schema”/).waitFor()
    await page.getByRole('button', { name: 'End maintenance' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End maintenance' }).click()
    await page.getByText('Maintenance is over.').waitFor()
    await page.getByText(/“new schema”/).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })
}
