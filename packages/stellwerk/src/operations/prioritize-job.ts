import { StellwerkError } from '../domain/errors.ts'
import { parsePriority } from '../domain/job/priority.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Gives a waiting job another priority; returns it as a number. @throws PERMISSION_DENIED, OPTION_INVALID, JOB_NOT_FOUND, JOB_NOT_WAITING */
export function prioritizeJob(deps: OperationDeps, ref: number | string, priority: unknown): Promise<number> {
  return audited(deps, { action: 'job:prioritize', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:prioritize')
    const value = parsePriority(priority)
    const job = await findJobToChange(deps, ref)
    note({ target: `job ${job.id}`, before: { priority: job.priority } })
    const result = await deps.store.jobs.setPriority(job.id, value)
    if (result.changed) {
      note({ after: { priority: value } })
      return value
    }
    if (result.reason === 'absent') throw jobNotFound(job.id)
    throw new StellwerkError(
      'JOB_NOT_WAITING',
      `job ${job.id} is ${String(result.state)}; only a waiting job can change its priority`,
    )
  })
}
