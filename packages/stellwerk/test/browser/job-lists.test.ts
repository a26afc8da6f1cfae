import type { Browser, Page } from 'playwright-core'
import { defineJob } from 'stellwerk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { deferred } from '../../src/std/deferred.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { openPage, type WatchedPage } from './open-page.ts'
import { openSite, type Site, type SiteOptions } from './open-site.ts'

let browser: Browser

const send = defineJob({
  name: 'send',
  queue: 'mails',
  tries: 1,
  payload: z.object({ to: z.string() }),
  handle: ({ to }) => {
    throw new Error(`no such address: ${to}`)
  },
})

/** A site on which nothing works yet, with jobs waiting, and somebody who has logged in. */
async function openList(
  waiting: number,
  options: Partial<SiteOptions> = {},
): Promise<Site & WatchedPage & { readonly ids: readonly number[] }> {
  const site = await openSite({ jobs: [send], ...options })
  const requests = Array.from({ length: waiting }, (_, at) => send.with({ to: `${at}@example.org` }))
  const jobs = await site.stellwerk.dispatchMany(requests)
  const watched = await openPage(browser, site.url)
  await watched.page.goto(await site.loginLink())
  return { ...site, ...watched, ids: jobs.map(({ id }) => id) }
}

function row(page: Page, id: number | undefined) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: `Job ${id}`, exact: true }) })
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('rows change in their place, and new ones wait until they are let in', async () => {
    const { page, url, ids, stellwerk, complaints } = await openList(3)
    await page.goto(`${url}/jobs`)
    await row(page, ids[0]).getByText('Pending').waitFor()
    const { id } = await stellwerk.dispatch(send, { to: 'new@example.org' })
    await stellwerk.cancel(ids[1] ?? 0)
    await row(page, ids[1]).getByText('Cancelled').waitFor()
    await page.getByRole('button', { name: '1 new job' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(1 + 3)
    await page.getByRole('button', { name: '1 new job' }).click()
    await row(page, id).getByText('Pending').waitFor()
    expect(complaints).toEqual([])
  })

  test('chosen rows are cancelled after the dialog has said how many, and those that cannot be are told apart', async () => {
    const { page, url, ids, stellwerk, complaints } = await openList(4)
    await stellwerk.cancel(ids[3] ?? 0)
    await page.goto(`${url}/jobs`)
    await row(page, ids[3]).getByText('Cancelled').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await page.getByText('3 jobs selected').waitFor()
    await page.getByRole('button', { name: 'Cancel job', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 jobs will be cancelled.').waitFor()
    await dialog.getByText('1 job stays as it is:').waitFor()
    await dialog.getByRole('button', { name: 'Cancel 2 jobs' }).click()
    await dialog.getByText('2 jobs cancelled.').waitFor()
    await dialog.getByText(`not waiting ${ids[3]}`).waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    for (const id of ids.slice(1)) await row(page, id).getByText('Cancelled').waitFor()
    expect(await row(page, ids[0]).getByText('Pending').isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('in production all that match are retried only once their number was typed', async () => {
    const { page, url, work, complaints } = await openList(3, { room: { environment: 'production' } })
    await work()
    await page.goto(`${url}/failed?q=queue:mails`)
    await page.getByText('3 failed jobs match').waitFor()
    await page.getByRole('button', { name: 'Retry all' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('3 jobs will be retried.').waitFor()
    await dialog.getByRole('button', { name: 'Retry 3 jobs' }).click({ force: true })
    expect(await dialog.isVisible()).toBe(true)
    await dialog.getByLabel('This is production. Type 3 to confirm.').focus()
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.getByText('3 jobs retried.').waitFor()
    const attempts = () =>
      page.evaluate(async () => ((await (await fetch('/api/v1/jobs/1')).json()) as { attempt: number }).attempt)
    await expect.poll(attempts, { timeout: 20_000 }).toBe(2)
    expect(complaints).toEqual([])
  })

  test('a filter is in the address, and a part that is not understood is told and acts on nothing', async () => {
    const { page, url, ids, work } = await openList(2)
    await work()
    await page.goto(`${url}/failed`)
    await row(page, ids[0]).waitFor()
    await page.keyboard.type(`/id:${ids[0]} queu:mails`)
    await page.keyboard.press('Enter')
    await page.getByText('Did you mean queue?').waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe(`id:${ids[0]} queu:mails`)
    expect(await page.getByRole('button', { name: 'Delete all' }).isDisabled()).toBe(true)
    await row(page, ids[1]).waitFor({ state: 'detached' })
    await page.reload()
    await row(page, ids[0]).waitFor()
    expect(await page.getByRole('row').count()).toBe(1 + 1)
  })

  test('a job is dispatched from its form, and its page is one link away', async () => {
    const { page, url, work, complaints } = await openList(0)
    await work()
    await page.goto(`${url}/jobs`)
    await page.getByRole('button', { name: 'Dispatch a job' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Type').selectOption('send')
    await dialog.getByText('to: string').waitFor()
    await dialog.getByLabel('Payload (JSON)').fill('{"to": 5}')
    await dialog.getByRole('button', { name: 'Dispatch', exact: true }).click()
    await dialog.getByRole('alert').getByText('to').waitFor()
    await dialog.getByLabel('Payload (JSON)').fill('{"to": "x@example.org"}')
    await dialog.getByLabel('Priority').fill('high')
    await dialog.getByRole('button', { name: 'Dispatch', exact: true }).click()
    await dialog.getByRole('link', { name: 'Open the job' }).click()
    await page.getByText('Failed after 1 of 1 attempts').waitFor()
    expect(await page.getByRole('region', { name: 'Payload' }).textContent()).toContain('x@example.org')
    expect(complaints.filter((complaint) => !complaint.includes('status of 422'))).toEqual([])
  })

  test('a job that vanishes while its page is open stays readable, and the page says that it is gone', async () => {
    const { page, url, ids, stellwerk, complaints } = await openList(1)
    await page.goto(`${url}/jobs/${ids[0]}`)
    await page.getByText(/^Waiting for/).waitFor()
    await stellwerk.forget(ids[0] ?? 0)
    await page.getByText('This job is gone').waitFor()
    expect(await page.getByRole('region', { name: 'Payload' }).textContent()).toContain('0@example.org')
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('what a running job writes and how far it has come arrive without a reload', async () => {
    const gate = deferred<void>()
    const slow = defineJob({
      name: 'slow',
      handle: async (_payload, { log, progress }) => {
        log.info('half way')
        progress(50, 'page 2 of 4')
        await gate.promise
        log.warn('at the end')
      },
    })
    const { page, url, stellwerk, work, complaints } = await openList(0, { jobs: [slow] })
    const { id } = await stellwerk.dispatch(slow, undefined)
    await page.goto(`${url}/jobs/${id}`)
    await page.getByText(/^Waiting for/).waitFor()
    await work()
    await page.getByText(/^Running for .* attempt 1 of 3$/).waitFor()
    await page.getByText('page 2 of 4').first().waitFor()
    await page.getByRole('list', { name: 'Log' }).getByText('half way').waitFor()
    gate.resolve()
    await page.getByText(/^Completed in/).waitFor()
    await page.getByRole('list', { name: 'Log' }).getByText('at the end').waitFor()
    expect(complaints).toEqual([])
  })

  test('who may not read payloads is told so, and offered nothing that would be refused', async () => {
    const { page, url, ids, complaints } = await openList(1, { room: { authorize: () => 'viewer' } })
    await page.goto(`${url}/jobs/${ids[0]}`)
    await page.getByText(/lacks the permission payload:read/).waitFor()
    expect(await page.getByRole('button', { name: /Delete|Cancel job|Priority/ }).count()).toBe(0)
    await page.goto(`${url}/jobs`)
    await row(page, ids[0]).waitFor()
    expect(await page.getByRole('button', { name: 'Dispatch a job' }).count()).toBe(0)
    await page.getByRole('checkbox', { name: `Select job ${ids[0]}` }).check()
    expect(await page.getByRole('region', { name: 'Selected jobs' }).getByRole('button').count()).toBe(1)
    expect(complaints).toEqual([])
  })
}
