import { StellwerkError } from '../domain/errors.ts'
import { jobNotFound, resolveJobId } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Removes a job with its attempts and lines; a waiting one is thereby cancelled. Returns its id. @throws JOB_NOT_FOUND, JOB_PROCESSING */
export async function forgetJob(deps: OperationDeps, ref: number | string): Promise<number> {
  const id = await resolveJobId(deps, ref)
  const result = await deps.store.jobs.forget(id)
  if (result.changed) return id
  if (result.reason === 'absent') throw jobNotFound(id)
  throw new StellwerkError('JOB_PROCESSING', `job ${id} is running; cancel it or wait for it to end, then delete it`)
}
