import { StellwerkError } from '../domain/errors.ts'
import { parsePriority } from '../domain/job/priority.ts'
import { jobNotFound, resolveJobId } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Gives a waiting job another priority; returns it as a number. @throws OPTION_INVALID, JOB_NOT_FOUND, JOB_NOT_WAITING */
export async function prioritizeJob(deps: OperationDeps, ref: number | string, priority: unknown): Promise<number> {
  const value = parsePriority(priority)
  const id = await resolveJobId(deps, ref)
  const result = await deps.store.jobs.setPriority(id, value)
  if (result.changed) return value
  if (result.reason === 'absent') throw jobNotFound(id)
  throw new StellwerkError(
    'JOB_NOT_WAITING',
    `job ${id} is ${String(result.state)}; only a waiting job can change its priority`,
  )
}
