import { StellwerkError } from '../domain/errors.ts'
import type { ArchiveResult } from '../storage/archive-store.ts'
import { audited } from './audited.ts'
import { findJobToChange, jobNotFound } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Keeps a completed or cancelled job, whole, until it is released. Returns its id. @throws PERMISSION_DENIED, JOB_NOT_FOUND, JOB_NOT_ARCHIVABLE */
export function archiveJob(deps: OperationDeps, ref: number | string): Promise<number> {
  return audited(deps, { action: 'job:archive', target: `job ${ref}` }, async (note) => {
    requirePermission(deps, 'job:archive')
    const { id, archivedAt } = await findJobToChange(deps, ref)
    note({ target: `job ${id}`, before: { archived: archivedAt !== null } })
    const result = await deps.store.archive.archive(id, deps.actor.name)
    if (!result.changed) throw notArchived(id, result)
    note({ after: { archived: true } })
    return id
  })
}

function notArchived(id: number, { reason, state }: Extract<ArchiveResult, { changed: false }>): StellwerkError {
  if (reason === 'absent') return jobNotFound(id)
  const why =
    reason === 'archived' ? 'archived already' : `${String(state)}; only a completed or cancelled job can be archived`
  return new StellwerkError('JOB_NOT_ARCHIVABLE', `job ${id} is ${why}`)
}
