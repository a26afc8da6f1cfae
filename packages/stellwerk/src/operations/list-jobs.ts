import type { JobFilter, JobPage } from '../storage/job-store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'
import { withinReach } from './within-reach.ts'

/** A page of jobs, newest first, of the queues that the actor reaches. @throws PERMISSION_DENIED */
export async function listJobs(deps: OperationDeps, filter: JobFilter): Promise<JobPage> {
  requirePermission(deps, 'job:read')
  const reachable = withinReach(deps.actor, filter)
  if (reachable === null) return { jobs: [], nextBeforeId: null, scanned: null }
  return await deps.store.jobs.list(reachable)
}
