import { StellwerkError } from '../domain/errors.ts'
import type { AuditEntry, AuditFilter } from '../storage/audit-store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

/** A page of the audit log, newest first; `nextBeforeId` goes on behind it and is null where there is nothing more. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly nextBeforeId: number | null
}

const mostEntries = 200

/** A page of the audit log. @throws PERMISSION_DENIED, OPTION_INVALID */
export async function listAudit(deps: OperationDeps, filter: Partial<AuditFilter>): Promise<AuditPage> {
  requirePermission(deps, 'audit:read')
  requireEveryQueue(deps)
  const { limit = 50 } = filter
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEntries)
    throw new StellwerkError('OPTION_INVALID', `limit ${limit} is not accepted: give 1 to ${mostEntries}`)
  const found = await deps.store.audit.list({ ...filter, limit: limit + 1 })
  const entries = found.slice(0, limit)
  return { entries, nextBeforeId: found.length > limit ? (entries.at(-1)?.id ?? null) : null }
}
