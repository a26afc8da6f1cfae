import { globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { newJob, openTestStore } from '../../test/temporary-store.ts'
import { type Role, roles } from '../domain/access/role.ts'
import { type Actor, anonymousActor, grantedActor, readOnlyActor, trustedActor } from '../domain/actor.ts'
import { isStellwerkError } from '../domain/errors.ts'
import { defaultRetention } from '../domain/retention/retention.ts'
import { silentLog } from '../std/log.ts'
import { bringToFailed, dispatchJob, startStation } from '../storage/conformance/store-steps.ts'
import type { Store } from '../storage/store.ts'
import { actOnJobs } from './act-on-jobs.ts'
import { archiveJob } from './archive-job.ts'
import { authenticateSession } from './authenticate-session.ts'
import { authenticateToken, findToken } from './authenticate-token.ts'
import { countFailed, forgetFailed, retryFailed } from './bulk-failed.ts'
import { cancelJob } from './cancel-job.ts'
import { checkHealth, isReady } from './check-health.ts'
import { countJobs } from './count-jobs.ts'
import { createLoginLink } from './create-login-link.ts'
import { createToken } from './create-token.ts'
import { dispatchJobs } from './dispatch-jobs.ts'
import { findJob } from './find-job.ts'
import { forgetJob } from './forget-job.ts'
import { jobDetails } from './job-details.ts'
import { listAudit } from './list-audit.ts'
import { countFailedSelection, listFailed } from './list-failed.ts'
import { listJobs } from './list-jobs.ts'
import { listQueues, readQueues } from './list-queues.ts'
import { listStations } from './list-stations.ts'
import { countTokens, listTokens } from './list-tokens.ts'
import { listTypes } from './list-types.ts'
import { measureSkew } from './measure-skew.ts'
import { closeSession, openSession, redeemLoginLink } from './open-session.ts'
import type { OperationDeps } from './operation-deps.ts'
import { OverviewMemory } from './overview-memory.ts'
import { prioritizeJob } from './prioritize-job.ts'
import { countExpired, pruneHistory } from './prune-history.ts'
import { readMetrics } from './read-metrics.ts'
import { readOverview } from './read-overview.ts'
import { readScrape } from './read-scrape.ts'
import { readTime } from './read-time.ts'
import { releaseJob } from './release-job.ts'
import { retryJob } from './retry-job.ts'
import { revokeToken } from './revoke-token.ts'
import { searchJobs } from './search-jobs.ts'
import { TotalsReader } from './totals-reader.ts'
import { verifyAudit } from './verify-audit.ts'

/** Who may call an operation: these roles; everyone who is known; or everyone, since it is how one becomes known. */
type Allowed = readonly Role[] | 'known' | 'everyone'

type Caller = Role | 'anonymous' | 'no role'

interface Entry {
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
const whole = trustedActor('application', 'owner')

async function bringToCancelled(store: Store): Promise<number> {
  const id = await dispatchJob(store)
  await store.jobs.cancel(id)
  return id
}

/** One entry per operation, in the words of the documents and not of the table of roles: the two must agree. */
const operations: Readonly<Record<string, Entry>> = {
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

/** Parts of operations: they check nothing, and no face may call them alone. */
const parts = [
  'HourReader',
  'OverviewMemory',
  'TotalsReader',
  'audited',
  'countStates',
  'createSecret',
  'findJobToChange',
  'denyAudited',
  'hashSecret',
  'isAlive',
  'isDispatchRecorded',
  'isSameHash',
  'jobNotFound',
  'lifeOf',
  'ratioOf',
  'requireEveryQueue',
  'requireKnown',
  'requirePermission',
  'requireQueue',
  'resolveJobId',
  'tokenActor',
  'total',
  'withinReach',
]

function actorOf(role: Caller): Actor {
  if (role === 'anonymous') return anonymousActor('10.0.0.7', 'r-1')
  const who = { kind: 'token', name: role, tokenId: 1 } as const
  return role === 'no role'
    ? grantedActor(who, {})
    : grantedActor(who, { role, queues: role === 'producer' ? ['mail'] : null })
}

function isAllowed(allowed: Allowed, role: Caller): boolean {
  if (allowed === 'everyone') return true
  if (allowed === 'known') return role !== 'anonymous'
  return role !== 'anonymous' && role !== 'no role' && allowed.includes(role)
}

async function openWorking(): Promise<Store> {
  const store = await openTestStore()
  await startStation(store, { types: ['send'], queues: ['*'] })
  return store
}

/** The code that a call is denied with, or null where it goes through. */
async function denialOf(run: Promise<unknown>): Promise<string | null> {
  try {
    await run
    return null
  } catch (error) {
    if (isStellwerkError(error)) return error.code
    throw error
  }
}

test('every operation has its entry in this table', async () => {
  const folder = fileURLToPath(new URL('./', import.meta.url))
  const files = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(20)
  const modules = await Promise.all(
    files.map(async (file) => {
      const address = pathToFileURL(join(folder, file)).href
      return Object.entries((await import(address)) as Readonly<Record<string, unknown>>)
    }),
  )
  const functions = modules.flat().flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
  expect(functions.toSorted()).toEqual([...Object.keys(operations), ...parts].toSorted())
})

/** What the one row about a call must say. */
function rowOf({ allowed, action }: Entry, role: Caller, denial: string | null): object | null {
  if (action === undefined) return null
  if (allowed === 'everyone') return { action }
  const outcome = denial === null ? 'done' : 'denied'
  const from = role === 'anonymous' ? { tokenId: null, ip: '10.0.0.7' } : { tokenId: 1, ip: null }
  return { action, actorName: role, outcome, reason: denial, ...from }
}

describe.each(Object.entries(operations))('%s', (_name, entry) => {
  const { allowed, action, run } = entry

  test.each([...roles, 'anonymous', 'no role'] as const)('as %s', async (role) => {
    const store = await openWorking()
    const denial = await denialOf(run({ store, log: silentLog, actor: actorOf(role) }))
    const denied = allowed === 'known' ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED'
    expect(denial).toBe(isAllowed(allowed, role) ? null : denied)
    const rows = await store.audit.list({ limit: 10 })
    const row = rowOf(entry, role, denial)
    expect(rows).toHaveLength(row === null ? 0 : 1)
    if (row !== null) expect(rows[0]).toMatchObject(row)
  })

  test('read-only lets nobody change anything', async () => {
    if (action === undefined || allowed === 'everyone') return
    const store = await openWorking()
    const deps = { store, log: silentLog, actor: readOnlyActor(whole) }
    expect(await denialOf(run(deps))).toBe('PERMISSION_DENIED')
  })
})
