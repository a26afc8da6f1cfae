import { isStellwerkError } from '../domain/errors.ts'
import { parseJobRef } from '../domain/job/job-id.ts'
import type { JobFilter, JobPage } from '../storage/job-store.ts'
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
  if (parseJobRef(text) === null) return await listJobs(deps, { ...filter, text })
  if (filter.beforeId !== undefined) return nothing
  try {
    return { ...nothing, jobs: [await findJob(deps, text)] }
  } catch (error) {
    if (isStellwerkError(error, 'JOB_NOT_FOUND')) return nothing
    throw error
  }
}
