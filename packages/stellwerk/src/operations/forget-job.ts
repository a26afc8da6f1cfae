import { StellwerkError } from '../domain/errors.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Removes a job with its attempts and lines; a waiting one is thereby cancelled. Returns its id. @throws PERMISSION_DENIED, JOB_NOT_FOUND, JOB_PROCESSING */
export function forgetJob(deps: OperationDeps, ref: number | string): Promise<number> {
  return audited(deps, { action: 'job:delete', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:delete')
    const { id, state, type, queue } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: { state, type, queue } })
    const result = await deps.store.jobs.forget(id)
    if (result.changed) return id
    if (result.reason === 'absent') throw jobNotFound(id)
    throw new StellwerkError('JOB_PROCESSING', `job ${id} is running; cancel it or wait for it to end, then delete it`)
  })
}
