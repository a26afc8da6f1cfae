import type { ScenarioName } from './fixtures/scenarios.ts'

/** A page in a state that is worth being looked at. */
export interface Visit {
  readonly name: string
  readonly scenario: ScenarioName
  readonly path: string
  /** Keys that are pressed before. */
  readonly keys?: readonly string[]
  /** What is clicked before. */
  readonly click?: string
}

/** Every page, full and empty. */
export const visits: readonly Visit[] = [
  { name: 'overview', scenario: 'trouble', path: '/' },
  { name: 'overview-quiet', scenario: 'quiet', path: '/' },
  { name: 'overview-first-run', scenario: 'empty', path: '/' },
  { name: 'queues', scenario: 'trouble', path: '/queues' },
  { name: 'queues-empty', scenario: 'empty', path: '/queues' },
  { name: 'queue-stuck', scenario: 'trouble', path: '/queues/invoices' },
  { name: 'queue', scenario: 'trouble', path: '/queues/emails' },
  { name: 'queue-missing', scenario: 'trouble', path: '/queues/nothing%2Fhere' },
  { name: 'jobs', scenario: 'trouble', path: '/jobs' },
  { name: 'jobs-filtered', scenario: 'trouble', path: '/jobs?state=failed&queue=emails' },
  { name: 'jobs-empty', scenario: 'empty', path: '/jobs' },
  { name: 'job-failed', scenario: 'trouble', path: '/jobs/18830980' },
  { name: 'job-dead-letter', scenario: 'trouble', path: '/jobs/18830555' },
  { name: 'job-running', scenario: 'trouble', path: '/jobs/18830112' },
  { name: 'job-archived', scenario: 'trouble', path: '/jobs/18829001' },
  { name: 'job-missing', scenario: 'trouble', path: '/jobs/7' },
  { name: 'failed', scenario: 'trouble', path: '/failed' },
  { name: 'failed-empty', scenario: 'quiet', path: '/failed' },
  {
    name: 'queue-paused',
    scenario: 'trouble',
    path: '/queues/nightly-reports-for-every-customer-of-the-northern-region',
  },
  {
    name: 'queue-pause',
    scenario: 'trouble',
    path: '/queues/emails',
    click: '.panel-actions .button:has(.lucide-pause)',
  },
  { name: 'workers', scenario: 'trouble', path: '/workers' },
  { name: 'workers-machines', scenario: 'trouble', path: '/stations' },
  { name: 'workers-many', scenario: 'quiet', path: '/workers' },
  { name: 'workers-empty', scenario: 'empty', path: '/workers' },
  { name: 'workers-menu', scenario: 'trouble', path: '/workers', click: '.panel-actions .menu > button' },
  { name: 'worker', scenario: 'trouble', path: '/workers/w_2b8e6d70c1f3a945' },
  { name: 'worker-lost', scenario: 'trouble', path: '/workers/w_9e8d7c6b5a493827' },
  { name: 'worker-missing', scenario: 'trouble', path: '/workers/w_00' },
  { name: 'maintenance', scenario: 'maintenance', path: '/queues' },
  { name: 'maintenance-overview', scenario: 'maintenance', path: '/' },
  { name: 'about', scenario: 'quiet', path: '/about' },
  { name: 'missing', scenario: 'trouble', path: '/no/such/page' },
  { name: 'forbidden', scenario: 'producer', path: '/queues' },
  { name: 'login', scenario: 'signedOut', path: '/login' },
  { name: 'settings', scenario: 'trouble', path: '/about', click: '.page-tools button[popovertarget]' },
  { name: 'shortcuts', scenario: 'trouble', path: '/about', keys: ['?'] },
]
