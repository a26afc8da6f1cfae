import { StellwerkError } from '../domain/errors.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Puts a finished job back onto its queue with a fresh budget; ids and history stay. Returns its id. @throws PERMISSION_DENIED, JOB_NOT_FOUND, JOB_NOT_RETRYABLE */
export function retryJob(deps: OperationDeps, ref: number | string): Promise<number> {
  return audited(deps, { action: 'job:retry', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:retry')
    const { id, state } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: { state } })
    const result = await deps.store.jobs.retry(id)
    if (!result.changed) throw notRetried(id, result)
    note({ after: { state: 'pending' } })
    return id
  })
}

function notRetried(
  id: number,
  { reason, state }: { readonly reason: string; readonly state: string | null },
): StellwerkError {
  if (reason === 'absent') return jobNotFound(id)
  const why =
    reason === 'payload_gone'
      ? 'and its payload is no longer kept; dispatch it anew'
      : '; only a failed, cancelled or completed job can be retried'
  return new StellwerkError(
    'JOB_NOT_RETRYABLE',
    `job ${id} is ${String(state)}${reason === 'payload_gone' ? ' ' : ''}${why}`,
  )
}
