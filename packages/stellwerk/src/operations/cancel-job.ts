import { StellwerkError } from '../domain/errors.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Cancels a waiting job; returns its id. @throws PERMISSION_DENIED, JOB_NOT_FOUND, JOB_PROCESSING while it runs, JOB_NOT_WAITING when it has ended */
export function cancelJob(deps: OperationDeps, ref: number | string): Promise<number> {
  return audited(deps, { action: 'job:cancel', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:cancel')
    const { id, state } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: { state } })
    const result = await deps.store.jobs.cancel(id)
    if (!result.changed) throw notCancelled(id, result)
    note({ after: { state: 'cancelled' } })
    return id
  })
}

function notCancelled(
  id: number,
  { reason, state }: { readonly reason: string; readonly state: string | null },
): StellwerkError {
  if (reason === 'absent') return jobNotFound(id)
  if (state === 'processing')
    return new StellwerkError('JOB_PROCESSING', `job ${id} is running and cannot be cancelled now; wait for it to end`)
  return new StellwerkError(
    'JOB_NOT_WAITING',
    `job ${id} is ${String(state)} already; only a waiting job can be cancelled`,
  )
}
