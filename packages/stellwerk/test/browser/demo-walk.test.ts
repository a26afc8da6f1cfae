import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { findChromium, startChromium } from '../../../control-room/test/chromium.ts'
import { skipUnless } from '../setup/skip-unless.ts'
import { temporaryFolder } from '../temporary-store.ts'
import { openPage } from './open-page.ts'

const main = fileURLToPath(new URL('../../../../demo/main.ts', import.meta.url))
/** Of the package that the test mends, and of no other that the demo looks at. */
const complaint = /^ManifestInvalid 'version' is not a version of three numbers$/

let browser: Browser

interface Demo {
  readonly link: string
  /** Makes the odd package whole. */
  readonly mend: () => void
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Starts the demo over two packages, one of which is odd, and waits until all of its jobs have ended. */
async function startDemo(): Promise<Demo> {
  const folder = temporaryFolder()
  const manifest = (version: string): string =>
    JSON.stringify({ name: 'odd', version, description: 'mended by a test' })
  for (const name of ['odd', 'whole']) {
    write(join(folder, 'modules', name, 'package.json'), manifest(name === 'odd' ? 'one' : '1.0.0'))
    write(join(folder, 'modules', name, 'LICENSE'), 'Permission is hereby granted, free of charge, to any person')
  }
  const args = [main, '--root', join(folder, 'modules'), '--folder', join(folder, 'demo'), '--port', '0']
  const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => end(demo))
  let link = ''
  for await (const line of createInterface({ input: demo.stdout })) {
    link ||= /http:\/\/\S+\/login\S+/.exec(line)?.[0] ?? ''
    if (line.includes('Failures by cause')) break
  }
  return { link, mend: () => write(join(folder, 'modules/odd/package.json'), manifest('1.0.0')) }
}

async function end(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null) return
  const ended = once(demo, 'exit')
  demo.kill('SIGTERM')
  await ended
}

async function seesWhy(page: Page): Promise<void> {
  await page.getByText('Given up at attempt 1 of 3').waitFor()
  const why = await page.getByRole('region', { name: 'Why it failed' }).textContent()
  expect(why).toContain("'version' is not a version of three numbers")
  expect(await page.getByRole('region', { name: 'Payload' }).textContent()).toContain('"odd"')
}

async function seesEnd(page: Page): Promise<void> {
  await page.getByText(/^Completed in .* at attempt 2$/).waitFor()
  expect(await page.getByRole('region', { name: 'Result' }).textContent()).toContain('"1.0.0"')
}

if (skipUnless(findChromium() !== undefined, 'no Chromium')) {
  beforeAll(async () => {
    browser = await startChromium()
  })

  afterAll(() => browser.close())

  test('a new user starts the demo, follows the link, finds a failed package, sees why, retries it and sees it end', async () => {
    const { link, mend } = await startDemo()
    const { page, complaints } = await openPage(browser, new URL(link).origin)
    await page.goto(link)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Failures' }).click()
    await page
      .getByRole('row')
      .filter({ has: page.getByText(complaint) })
      .getByRole('link')
      .click()
    await seesWhy(page)
    mend()
    await page.getByRole('button', { name: 'Retry' }).click()
    await seesEnd(page)
    expect(complaints).toEqual([])
  })

  test('the same by keyboard alone', async () => {
    const { link, mend } = await startDemo()
    const { page, complaints } = await openPage(browser, new URL(link).origin)
    await page.goto(link)
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.type('gf')
    await page.getByText(complaint).waitFor()
    await page.keyboard.type('/type:check-manifest')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByText(/failed jobs match$/).waitFor()
    for (let rows = 0; rows < 20; rows++) {
      await page.keyboard.press('j')
      if (
        await page
          .locator('tr:focus')
          .filter({ has: page.getByText(complaint) })
          .isVisible()
      )
        break
    }
    await page.keyboard.press('Enter')
    await seesWhy(page)
    mend()
    await page.keyboard.press('r')
    await seesEnd(page)
    expect(complaints).toEqual([])
  })
}
