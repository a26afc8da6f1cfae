import { isStellwerkError } from '../domain/errors.ts'
import { parseJobRef } from '../domain/job/job-id.ts'
import type { JobFilter, JobMatch, JobPage } from '../storage/job-store.ts'
import { findJob } from './find-job.ts'
import { listJobs } from './list-jobs.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

const nothing: JobPage = { jobs: [], nextBeforeId: null, scanned: null }

/**
 * A page of jobs for what a person typed: an id or uuid finds that one job, whatever else the filter says; any other text has to be part of type, queue or
 * error. @throws PERMISSION_DENIED
 */
export async function searchJobs(deps: OperationDeps, filter: JobFilter, text: string | undefined): Promise<JobPage> {
  requirePermission(deps, 'job:read')
  if (text === undefined) return await listJobs(deps, filter)
  if (parseJobRef(text) === null) return await listJobs(deps, { ...filter, match: await matchOf(deps, text) })
  if (filter.beforeId !== undefined) return nothing
  try {
    return { ...nothing, jobs: [await findJob(deps, text)] }
  } catch (error) {
    if (isStellwerkError(error, 'JOB_NOT_FOUND')) return nothing
    throw error
  }
}

/** Types and queues are known from the counters; only errors have to be searched. */
async function matchOf({ store }: OperationDeps, text: string): Promise<JobMatch> {
  const tallies = await store.metrics.tallies()
  const sought = text.toLowerCase()
  const holding = (names: readonly string[]): readonly string[] =>
    [...new Set(names)].filter((name) => name.toLowerCase().includes(sought))
  return {
    types: holding(tallies.map(({ type }) => type)),
    queues: holding(tallies.map(({ queue }) => queue)),
    error: text,
  }
}
