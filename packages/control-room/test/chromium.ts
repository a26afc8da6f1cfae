import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium of this machine is: `STELLWERK_TEST_CHROMIUM`, else where systems put it; undefined where there is none. */
export function findChromium(): string | undefined {
  return [process.env['STELLWERK_TEST_CHROMIUM'], ...PATHS].find((path) => path !== undefined && existsSync(path))
}

/** Starts the Chromium of this machine without a window. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined)
    throw new Error('no Chromium is found: apt-get install chromium, or say where it is in STELLWERK_TEST_CHROMIUM')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
