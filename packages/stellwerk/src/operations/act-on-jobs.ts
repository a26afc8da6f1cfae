import { reachesQueue } from '../domain/actor.ts'
import type { ErrorCode } from '../domain/errors.ts'
import type { JobSummary } from '../domain/job/job-record.ts'
import { actionPermissions, type JobAction, possibleActions } from '../domain/job/possible-actions.ts'
import { parsePriority } from '../domain/job/priority.ts'
import type { ArchiveResult } from '../storage/archive-store.ts'
import type { ChangeResult } from '../storage/job-store.ts'
import { audited } from './audited.ts'
import { cancelOrTell } from './cancel-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** One action for many jobs. */
export interface JobsAction {
  readonly action: JobAction
  /** 1 to 1,000; one that is named twice counts once. */
  readonly ids: readonly number[]
  /** For prioritize. */
  readonly priority?: unknown
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean
}

/** A job that was left as it is, and why. */
export interface RefusedJob {
  readonly id: number
  readonly code: ErrorCode
  readonly detail: string
}

/** What became of it: `matched` of the jobs exist within the actor's reach, `changed` were changed (or would be), the others were refused. */
export interface JobsReport {
  readonly matched: number
  readonly changed: number
  readonly refused: readonly RefusedJob[]
}

/** Jobs that are changed at the same time, each in a transaction of its own. */
const sideBySide = 16
/** Failed jobs that are retried or removed in one transaction. */
const stepSize = 500

/** Does one thing with many jobs, each as far as its state allows; one row of the audit log. @throws PERMISSION_DENIED, OPTION_INVALID */
export function actOnJobs(deps: OperationDeps, order: JobsAction): Promise<JobsReport> {
  const ids = [...new Set(order.ids)]
  if (order.dryRun === true) return plan(deps, { ...order, ids })
  const action = actionPermissions[order.action]
  return audited(deps, { action, target: `${ids.length} jobs`, filter: { ids } }, async (note) => {
    const report = await carryOut(deps, { ...order, ids })
    note({ count: report.changed, after: { refused: report.refused.length } })
    return report
  })
}

async function plan(deps: OperationDeps, order: JobsAction): Promise<JobsReport> {
  const { jobs, refused } = await choose(deps, order)
  return {
    matched: jobs.length + refused.filter(({ code }) => code !== 'JOB_NOT_FOUND').length,
    changed: jobs.length,
    refused,
  }
}

async function carryOut(deps: OperationDeps, order: JobsAction): Promise<JobsReport> {
  const { jobs, refused } = await choose(deps, order)
  const change = changeOf(deps, order)
  const missed: RefusedJob[] = []
  const takesSteps = order.action === 'retry' || order.action === 'delete'
  const failed = takesSteps ? jobs.filter(({ state }) => state === 'failed') : []
  const others = jobs.filter((job) => !failed.includes(job))
  missed.push(...(await changeFailed(deps, order.action, failed)))
  for (let start = 0; start < others.length; start += sideBySide) {
    const some = others.slice(start, start + sideBySide)
    const results = await Promise.all(some.map(({ id }) => change(id)))
    missed.push(...some.flatMap(({ id }, index) => refusalOf(id, order.action, results[index])))
  }
  const all = [...refused, ...missed]
  return {
    matched: jobs.length + refused.filter(({ code }) => code !== 'JOB_NOT_FOUND').length,
    changed: jobs.length - missed.length,
    refused: all,
  }
}

/** The jobs that the action can be done with now, and why not with the others. */
async function choose(
  deps: OperationDeps,
  { action, ids, priority }: JobsAction,
): Promise<{ readonly jobs: readonly JobSummary[]; readonly refused: readonly RefusedJob[] }> {
  requirePermission(deps, actionPermissions[action])
  if (action === 'prioritize') parsePriority(priority)
  const found = (await deps.store.pages.jobsById(ids)).filter(({ queue }) => reachesQueue(deps.actor, queue))
  const byId = new Map(found.map((job) => [job.id, job]))
  const absent = ids.filter((id) => !byId.has(id)).map((id) => refuse(id, action, null))
  const jobs = found.filter((job) => possibleActions(job.state, true, job.archivedAt !== null).includes(action))
  const wrong = found.filter((job) => !jobs.includes(job)).map(({ id, state }) => refuse(id, action, state))
  return { jobs, refused: [...absent, ...wrong] }
}

/** Failed jobs move in few transactions; whichever is still failed afterwards, or gone, was not changed. */
async function changeFailed(
  { store }: OperationDeps,
  action: JobAction,
  failed: readonly JobSummary[],
): Promise<readonly RefusedJob[]> {
  const missed: RefusedJob[] = []
  for (let start = 0; start < failed.length; start += stepSize) {
    const ids = failed.slice(start, start + stepSize).map(({ id }) => id)
    const step = { afterId: 0, limit: stepSize }
    const { changed } =
      action === 'retry'
        ? await store.failedJobs.retryNext({ ids }, step)
        : await store.failedJobs.forgetNext({ ids }, step)
    if (changed === ids.length) continue
    const left = new Map((await store.pages.jobsById(ids)).map((job) => [job.id, job.state]))
    const isMissed = (id: number): boolean => left.get(id) === 'failed' || (action === 'retry') !== left.has(id)
    // Others may have changed the same jobs meanwhile: as many are refused as were not changed by us.
    missed.push(
      ...ids
        .filter(isMissed)
        .slice(0, ids.length - changed)
        .map((id) => refuse(id, action, left.get(id) ?? null)),
    )
  }
  return missed
}

type Change = ChangeResult | ArchiveResult

function changeOf(deps: OperationDeps, { action, priority }: JobsAction): (id: number) => Promise<Change> {
  const { store } = deps
  if (action === 'retry') return (id) => store.jobs.retry(id)
  if (action === 'cancel') return (id) => cancelOrTell(deps, id)
  if (action === 'delete') return (id) => store.jobs.forget(id)
  if (action === 'archive') return (id) => store.archive.archive(id, deps.actor.name)
  if (action === 'release') return (id) => store.archive.release(id)
  const value = parsePriority(priority)
  return (id) => store.jobs.setPriority(id, value)
}

function refusalOf(id: number, action: JobAction, result: Change | undefined): readonly RefusedJob[] {
  if (result === undefined || result.changed) return []
  if (result.reason !== 'payload_gone') return [refuse(id, action, result.state)]
  const detail = `job ${id} is ${String(result.state)} and its payload is no longer kept; dispatch it anew`
  return [{ id, code: 'JOB_NOT_RETRYABLE', detail }]
}

const codes: Readonly<Record<JobAction, ErrorCode>> = {
  retry: 'JOB_NOT_RETRYABLE',
  cancel: 'JOB_NOT_WAITING',
  delete: 'JOB_PROCESSING',
  prioritize: 'JOB_NOT_WAITING',
  archive: 'JOB_NOT_ARCHIVABLE',
  release: 'JOB_NOT_ARCHIVED',
}

const rulesOf: Readonly<Record<JobAction, string>> = {
  retry: 'only a failed, cancelled or completed job can be retried',
  cancel: 'only a waiting or running job can be cancelled',
  delete: 'wait for it to end, then delete it',
  prioritize: 'only a waiting job can change its priority',
  archive: 'only a completed or cancelled job that is not archived can be archived',
  release: 'only an archived job can be released',
}

/** `state` null: there is no such job. */
function refuse(id: number, action: JobAction, state: string | null): RefusedJob {
  if (state === null) return { id, code: 'JOB_NOT_FOUND', detail: `there is no job ${id}` }
  return { id, code: codes[action], detail: `job ${id} is ${state}; ${rulesOf[action]}` }
}
