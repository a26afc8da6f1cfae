import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext } from 'playwright-core'
import { percentile, round } from '../statistics.ts'

/** A session's cookie, as a browser keeps it. */
export interface Session {
  readonly url: string
  readonly name: string
  readonly value: string
}

/** A load of the overview in a browser that knows nothing of it. */
interface Visit {
  /** Until every figure stands there, ms from the start of the navigation. */
  readonly completeMs: number
  readonly firstPaintMs: number
  readonly requests: number
  readonly bytes: number
}

/** Medians over the visits. */
export type VisitFigures = Readonly<Record<'first_load_ms' | 'first_paint_ms' | 'requests' | 'kilobytes', number>>

/** Marks the moment after which nothing on the page is a placeholder. It runs in the page, before its own code. */
const markCompletion = `(() => {
  const look = () => {
    const isComplete = document.querySelector('h1') !== null && document.querySelector('.skeleton, .time-plot:empty') === null
    if (isComplete) performance.mark('complete')
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

/** Times each update from the arrival of a chunk of the stream to the frame that shows what it changed. It runs in the page, before its own code. */
const watchUpdates = `(() => {
  globalThis.streamUpdates = []
  let arrivedMs
  const read = ReadableStreamDefaultReader.prototype.read
  ReadableStreamDefaultReader.prototype.read = async function (...given) {
    const result = await read.apply(this, given)
    arrivedMs ??= performance.now()
    return result
  }
  const onChange = () => {
    const from = arrivedMs
    arrivedMs = undefined
    if (from === undefined) return
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => streamUpdates.push(performance.now() - from)
      port2.postMessage(null)
    })
  }
  new MutationObserver(onChange).observe(document, { subtree: true, childList: true, characterData: true })
})()`

/** Asked again and again: the page's own rules forbid an expression that waits within it. */
const isComplete =
  "performance.getEntriesByName('complete').length > 0 && performance.getEntriesByName('first-contentful-paint').length > 0"

/** What the page says of its own load. */
const readVisit = `(() => {
  const loads = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  return {
    completeMs: performance.getEntriesByName('complete')[0].startTime,
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    requests: loads.length,
    bytes: loads.reduce((sum, { transferSize }) => sum + transferSize, 0),
  }
})()`

async function openContext(browser: Browser, { url, name, value }: Session): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addCookies([{ name, value, url }])
  return context
}

/** Loads the overview `count` times, each in a fresh browser profile. */
export async function timeVisits(browser: Browser, session: Session, count: number): Promise<VisitFigures> {
  const visits: Visit[] = []
  // The first one of a browser starts processes that the others find.
  for (let at = 0; at <= count; at++) {
    const context = await openContext(browser, session)
    await context.addInitScript({ content: markCompletion })
    const page = await context.newPage()
    await page.goto(session.url)
    while (!(await page.evaluate<boolean>(isComplete))) await sleep(20)
    const visit = await page.evaluate<Visit>(readVisit)
    if (at > 0) visits.push(visit)
    await context.close()
  }
  const median = (of: (visit: Visit) => number): number => round(percentile(visits.map(of), 0.5), 1)
  return {
    first_load_ms: median(({ completeMs }) => completeMs),
    first_paint_ms: median(({ firstPaintMs }) => firstPaintMs),
    requests: median(({ requests }) => requests),
    kilobytes: median(({ bytes }) => bytes / 1_024),
  }
}

/** Pages that stay open, and how long each update took them. */
export interface OpenViewers {
  /** ms from the arrival of a change to the frame that shows it, of all viewers. */
  updates(): Promise<readonly number[]>
  close(): Promise<void>
}

/** Opens the overview `count` times and leaves it open. */
export async function openViewers(browser: Browser, session: Session, count: number): Promise<OpenViewers> {
  const context = await openContext(browser, session)
  await context.addInitScript({ content: watchUpdates })
  const pages = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  await Promise.all(pages.map((page) => page.goto(session.url)))
  await Promise.all(pages.map((page) => page.locator('h1').first().waitFor()))
  return {
    updates: async () => {
      const each = await Promise.all(pages.map((page) => page.evaluate<readonly number[]>('streamUpdates')))
      return each.flat()
    },
    close: () => context.close(),
  }
}
