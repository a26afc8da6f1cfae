import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** A page, loaded when it is first shown. */
export interface LazyPage {
  readonly path: string
  readonly component: LazyExoticComponent<ComponentType>
}

/** Every page behind the login; each is a file of its own. */
export const lazyPages: readonly LazyPage[] = [
  {
    path: '/',
    component: lazy(async () => ({ default: (await import('../pages/overview/overview-page.tsx')).OverviewPage })),
  },
  {
    path: '/queues',
    component: lazy(async () => ({ default: (await import('../pages/queues/queues-page.tsx')).QueuesPage })),
  },
  {
    path: '/queues/:queue',
    component: lazy(async () => ({ default: (await import('../pages/queue/queue-page.tsx')).QueuePage })),
  },
  {
    path: '/jobs',
    component: lazy(async () => ({ default: (await import('../pages/jobs/jobs-page.tsx')).JobsPage })),
  },
  {
    path: '/jobs/:id',
    component: lazy(async () => ({ default: (await import('../pages/job/job-page.tsx')).JobPage })),
  },
  {
    path: '/failed',
    component: lazy(async () => ({ default: (await import('../pages/failed/failed-page.tsx')).FailedPage })),
  },
  {
    path: '/stations',
    component: lazy(async () => ({ default: (await import('../pages/stations/stations-page.tsx')).StationsPage })),
  },
  {
    path: '/about',
    component: lazy(async () => ({ default: (await import('../pages/about/about-page.tsx')).AboutPage })),
  },
]
