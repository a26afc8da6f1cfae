import { jobNotFound } from '../operations/find-job.ts'
import type { RouteDeps } from './route.ts'
import type { Job } from './schemas/job.ts'
import { toJob } from './shapes/to-job.ts'

/** A job after an action on it was allowed and done. @throws JOB_NOT_FOUND where it has gone meanwhile */
export async function changedJob(deps: RouteDeps, id: number): Promise<Job> {
  const [job] = await deps.store.pages.jobsById([id])
  if (job === undefined) throw jobNotFound(id)
  return toJob(job, deps.installationId)
}
