import { StellwerkError } from '../domain/errors.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Hands an archived job back to retention, from the time of its end on: one that is older goes, at the latest with the next pass. Returns its id. @throws PERMISSION_DENIED, JOB_NOT_FOUND, JOB_NOT_ARCHIVED */
export function releaseJob(deps: OperationDeps, ref: number | string): Promise<number> {
  return audited(deps, { action: 'job:archive', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:archive')
    const { id, archivedAt, archivedBy } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: archivedAt === null ? { archived: false } : { archived: true, archivedBy } })
    const result = await deps.store.archive.release(id)
    if (!result.changed && result.reason === 'absent') throw jobNotFound(id)
    if (!result.changed) throw new StellwerkError('JOB_NOT_ARCHIVED', `job ${id} is not archived`)
    note({ after: { archived: false } })
    return id
  })
}
