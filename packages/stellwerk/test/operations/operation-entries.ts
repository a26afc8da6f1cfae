import type { Role } from '../../src/domain/access/role.ts'
import { trustedActor } from '../../src/domain/actor.ts'
import { defaultRetention } from '../../src/domain/retention/retention.ts'
import { actOnJobs } from '../../src/operations/act-on-jobs.ts'
import { archiveJob } from '../../src/operations/archive-job.ts'
import { authenticateSession } from '../../src/operations/authenticate-session.ts'
import { authenticateToken, findToken } from '../../src/operations/authenticate-token.ts'
import { countFailed, forgetFailed, retryFailed } from '../../src/operations/bulk-failed.ts'
import { cancelJob } from '../../src/operations/cancel-job.ts'
import { checkHealth, isReady } from '../../src/operations/check-health.ts'
import { countJobs } from '../../src/operations/count-jobs.ts'
import { createLoginLink } from '../../src/operations/create-login-link.ts'
import { createToken } from '../../src/operations/create-token.ts'
import { dispatchJobs } from '../../src/operations/dispatch-jobs.ts'
import { findJob } from '../../src/operations/find-job.ts'
import { findWorker } from '../../src/operations/find-worker.ts'
import { forgetJob } from '../../src/operations/forget-job.ts'
import { jobDetails } from '../../src/operations/job-details.ts'
import { listAudit } from '../../src/operations/list-audit.ts'
import { countFailedSelection, listFailed } from '../../src/operations/list-failed.ts'
import { listJobs } from '../../src/operations/list-jobs.ts'
import { listOrders } from '../../src/operations/list-orders.ts'
import { listQueues, readQueues } from '../../src/operations/list-queues.ts'
import { listStations } from '../../src/operations/list-stations.ts'
import { countTokens, listTokens } from '../../src/operations/list-tokens.ts'
import { listTypes } from '../../src/operations/list-types.ts'
import { listWorkers } from '../../src/operations/list-workers.ts'
import { measureSkew } from '../../src/operations/measure-skew.ts'
import { closeSession, openSession, redeemLoginLink } from '../../src/operations/open-session.ts'
import type { OperationDeps } from '../../src/operations/operation-deps.ts'
import { orderWorkers } from '../../src/operations/order-workers.ts'
import { OverviewMemory } from '../../src/operations/overview-memory.ts'
import { pauseQueue } from '../../src/operations/pause-queue.ts'
import { prioritizeJob } from '../../src/operations/prioritize-job.ts'
import { countExpired, pruneHistory } from '../../src/operations/prune-history.ts'
import { readMetrics } from '../../src/operations/read-metrics.ts'
import { readOverview } from '../../src/operations/read-overview.ts'
import { readScrape } from '../../src/operations/read-scrape.ts'
import { readTime } from '../../src/operations/read-time.ts'
import { releaseJob } from '../../src/operations/release-job.ts'
import { resumeQueue } from '../../src/operations/resume-queue.ts'
import { retryJob } from '../../src/operations/retry-job.ts'
import { revokeToken } from '../../src/operations/revoke-token.ts'
import { searchJobs } from '../../src/operations/search-jobs.ts'
import { readMaintenance, setMaintenance } from '../../src/operations/set-maintenance.ts'
import { TotalsReader } from '../../src/operations/totals-reader.ts'
import { unfedQueues } from '../../src/operations/unfed-queues.ts'
import { verifyAudit } from '../../src/operations/verify-audit.ts'
import { workerStatistics } from '../../src/operations/worker-statistics.ts'
import { bringToFailed, dispatchJob } from '../../src/storage/conformance/store-steps.ts'
import { newReport } from '../../src/storage/conformance/workers.suite.ts'
import type { Store } from '../../src/storage/store.ts'
import { newJob } from '../temporary-store.ts'

/** Who may call an operation: these roles; everyone who is known; or everyone, since it is how one becomes known. */
export type Allowed = readonly Role[] | 'known' | 'everyone'

/** How an operation is called, and what must come of it. */
export interface Entry {
  readonly allowed: Allowed
  /** Leaves a row of the audit log with this action, whatever comes of it. */
  readonly action?: string
  readonly run: (deps: OperationDeps) => Promise<unknown>
}

const readers: Allowed = ['viewer', 'operator', 'admin']
const workers: Allowed = ['operator', 'admin']
const owners: Allowed = ['admin']
const meters: Allowed = ['viewer', 'operator', 'admin', 'metrics']
const nobody = { tokens: 'stw_unknown', session: 'unknown' }

async function bringToCancelled(store: Store): Promise<number> {
  const id = await dispatchJob(store)
  await store.jobs.cancel(id)
  return id
}

async function bringToWorker(store: Store): Promise<string> {
  const report = newReport()
  await store.workers.beat({ stationId: 'station-a', reports: [report], pools: [] })
  return report.id
}

/** One entry per operation, in the words of the documents and not of the table of roles: the two must agree. */
export const operations: Readonly<Record<string, Entry>> = {
  findJob: { allowed: readers, run: async (deps) => findJob(deps, await dispatchJob(deps.store)) },
  jobDetails: { allowed: readers, run: async (deps) => jobDetails(deps, await dispatchJob(deps.store)) },
  listJobs: { allowed: readers, run: (deps) => listJobs(deps, { limit: 10 }) },
  countFailed: { allowed: readers, run: (deps) => countFailed(deps, {}) },
  countExpired: { allowed: readers, run: (deps) => countExpired(deps, defaultRetention) },
  listQueues: { allowed: readers, run: (deps) => listQueues(deps) },
  readMetrics: { allowed: meters, run: (deps) => readMetrics(deps, {}) },
  measureSkew: { allowed: meters, run: (deps) => measureSkew(deps) },
  searchJobs: { allowed: readers, run: (deps) => searchJobs(deps, { limit: 10 }, 'send') },
  countJobs: { allowed: readers, run: (deps) => countJobs(deps) },
  listFailed: { allowed: readers, run: (deps) => listFailed(deps, { selection: {}, limit: 10 }) },
  countFailedSelection: { allowed: readers, run: (deps) => countFailedSelection(deps, {}) },
  readQueues: { allowed: readers, run: (deps) => readQueues(deps, new OverviewMemory().hour) },
  readOverview: { allowed: readers, run: (deps) => readOverview(deps, new OverviewMemory()) },
  listTypes: { allowed: readers, run: (deps) => listTypes(deps) },
  listWorkers: { allowed: readers, run: (deps) => listWorkers(deps) },
  findWorker: { allowed: readers, run: async (deps) => findWorker(deps, await bringToWorker(deps.store)) },
  workerStatistics: { allowed: readers, run: (deps) => workerStatistics(deps) },
  listOrders: { allowed: readers, run: (deps) => listOrders(deps, { limit: 10 }) },
  orderWorkers: {
    allowed: workers,
    action: 'worker:pause',
    run: async (deps) => orderWorkers(deps, { kind: 'pause', target: { worker: await bringToWorker(deps.store) } }),
  },
  listStations: { allowed: readers, run: (deps) => listStations(deps) },
  readScrape: { allowed: meters, run: (deps) => readScrape(deps, new TotalsReader()) },
  checkHealth: { allowed: meters, run: (deps) => checkHealth(deps, new OverviewMemory()) },
  isReady: { allowed: 'everyone', run: (deps) => isReady(deps) },
  readTime: { allowed: 'known', run: (deps) => readTime(deps) },
  dispatchJobs: {
    allowed: ['operator', 'admin', 'producer'],
    action: 'job:dispatch',
    run: (deps) =>
      dispatchJobs(deps, {
        types: ['send'],
        prepare: async () => [newJob({ queue: 'mail' })],
        insert: async () => [await dispatchJob(deps.store)],
      }),
  },
  retryJob: {
    allowed: workers,
    action: 'job:retry',
    run: async (deps) => retryJob(deps, await bringToFailed(deps.store)),
  },
  cancelJob: {
    allowed: workers,
    action: 'job:cancel',
    run: async (deps) => cancelJob(deps, await dispatchJob(deps.store)),
  },
  forgetJob: {
    allowed: workers,
    action: 'job:delete',
    run: async (deps) => forgetJob(deps, await dispatchJob(deps.store)),
  },
  prioritizeJob: {
    allowed: workers,
    action: 'job:prioritize',
    run: async (deps) => prioritizeJob(deps, await dispatchJob(deps.store), 7),
  },
  unfedQueues: { allowed: readers, run: (deps) => unfedQueues(deps, ['mail', '*']) },
  pauseQueue: {
    allowed: workers,
    action: 'queue:pause',
    run: (deps) => pauseQueue(deps, { queue: 'mail', reason: 'the provider is down' }),
  },
  resumeQueue: { allowed: workers, action: 'queue:resume', run: (deps) => resumeQueue(deps, 'mail') },
  setMaintenance: {
    allowed: owners,
    action: 'maintenance:on',
    run: (deps) => setMaintenance(deps, { on: true, reason: 'new disks' }),
  },
  readMaintenance: { allowed: readers, run: (deps) => readMaintenance(deps) },
  archiveJob: {
    allowed: workers,
    action: 'job:archive',
    run: async (deps) => archiveJob(deps, await bringToCancelled(deps.store)),
  },
  releaseJob: {
    allowed: workers,
    action: 'job:archive',
    run: async (deps) => {
      const id = await bringToCancelled(deps.store)
      await deps.store.archive.archive(id, 'ada')
      return releaseJob(deps, id)
    },
  },
  retryFailed: { allowed: workers, action: 'job:retry', run: (deps) => retryFailed(deps, {}) },
  forgetFailed: { allowed: workers, action: 'job:delete', run: (deps) => forgetFailed(deps, {}) },
  pruneHistory: {
    allowed: workers,
    action: 'history:prune',
    run: (deps) => pruneHistory(deps, { retention: defaultRetention }),
  },
  actOnJobs: {
    allowed: workers,
    action: 'job:cancel',
    run: async (deps) => actOnJobs(deps, { action: 'cancel', ids: [await dispatchJob(deps.store)] }),
  },
  createToken: {
    allowed: owners,
    action: 'token:create',
    run: (deps) => createToken(deps, { name: 'screen', role: 'viewer' }),
  },
  revokeToken: {
    allowed: owners,
    action: 'token:revoke',
    run: async (deps) => {
      const as = { ...deps, actor: trustedActor('station', 'set-up') }
      return revokeToken(deps, (await createToken(as, { name: 'screen', role: 'viewer' })).token.id)
    },
  },
  listTokens: { allowed: owners, run: (deps) => listTokens(deps) },
  countTokens: { allowed: owners, run: (deps) => countTokens(deps) },
  createLoginLink: { allowed: owners, action: 'link:create', run: (deps) => createLoginLink(deps) },
  listAudit: { allowed: owners, run: (deps) => listAudit(deps, {}) },
  verifyAudit: { allowed: owners, run: (deps) => verifyAudit(deps) },
  authenticateToken: { allowed: 'everyone', run: (deps) => authenticateToken(deps, nobody.tokens) },
  findToken: { allowed: 'everyone', run: (deps) => findToken(deps, nobody.tokens) },
  authenticateSession: { allowed: 'everyone', run: (deps) => authenticateSession(deps, nobody.session) },
  openSession: { allowed: 'everyone', action: 'session:open', run: (deps) => openSession(deps, nobody.tokens) },
  redeemLoginLink: {
    allowed: 'everyone',
    action: 'session:open',
    run: (deps) => redeemLoginLink(deps, nobody.session),
  },
  closeSession: { allowed: 'everyone', action: 'session:close', run: (deps) => closeSession(deps, nobody.session) },
}
