import { StellwerkError } from '../domain/errors.ts'
import { jobNotFound, resolveJobId } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Cancels a waiting job; returns its id. @throws JOB_NOT_FOUND, JOB_PROCESSING while it runs, JOB_NOT_WAITING when it has ended */
export async function cancelJob(deps: OperationDeps, ref: number | string): Promise<number> {
  const id = await resolveJobId(deps, ref)
  const result = await deps.store.jobs.cancel(id)
  if (result.changed) return id
  if (result.reason === 'absent') throw jobNotFound(id)
  if (result.state === 'processing') {
    throw new StellwerkError('JOB_PROCESSING', `job ${id} is running and cannot be cancelled now; wait for it to end`)
  }
  throw new StellwerkError(
    'JOB_NOT_WAITING',
    `job ${id} is ${String(result.state)} already; only a waiting job can be cancelled`,
  )
}
