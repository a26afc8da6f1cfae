import type { ComponentType } from 'react'
import { timeChart } from '../panels/time-chart/lazy-time-chart.ts'
import { type LazyPart, lazyPart } from '../ui/lazy-part.ts'

/** A page, loaded when it is first shown. */
export interface LazyPage extends LazyPart<object> {
  readonly path: string
}

function lazyPage(path: string, fetchPage: () => Promise<ComponentType>): LazyPage {
  return { path, ...lazyPart(fetchPage) }
}

/** A page that always shows a chart, which comes with it. */
function chartPage(path: string, fetchPage: () => Promise<ComponentType>): LazyPage {
  return lazyPage(path, async () => {
    const [page] = await Promise.all([fetchPage(), timeChart.load()])
    return page
  })
}

/** Every page behind the login; each is a file of its own. */
const lazyPages: readonly LazyPage[] = [
  chartPage('/', async () => (await import('../pages/overview/overview-page.tsx')).OverviewPage),
  lazyPage('/queues', async () => (await import('../pages/queues/queues-page.tsx')).QueuesPage),
  chartPage('/queues/:queue', async () => (await import('../pages/queue/queue-page.tsx')).QueuePage),
  lazyPage('/jobs', async () => (await import('../pages/jobs/jobs-page.tsx')).JobsPage),
  lazyPage('/jobs/:id', async () => (await import('../pages/job/job-page.tsx')).JobPage),
  lazyPage('/failed', async () => (await import('../pages/failed/failed-page.tsx')).FailedPage),
  lazyPage('/workers', async () => (await import('../pages/workers/workers-page.tsx')).WorkersPage),
  lazyPage('/workers/:id', async () => (await import('../pages/worker/worker-page.tsx')).WorkerPage),
  lazyPage('/about', async () => (await import('../pages/about/about-page.tsx')).AboutPage),
]

function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index])
}

/** The page at a path, whatever signs stand in it; a slash at its end makes no difference. */
export function pageAt(path: string): LazyPage | undefined {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  return lazyPages.find((page) => fits(page.path, plain))
}

/** Fetches the file of the page at a path ahead of its being shown; resolves when it has come, or will not. A file that does not come is asked for again then. */
export async function preloadPage(path: string): Promise<void> {
  await pageAt(path)
    ?.load()
    .catch(() => undefined)
}
