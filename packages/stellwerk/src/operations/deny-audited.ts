import { changingPermissions, type Permission } from '../domain/access/permission.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Where a face denies a call before any operation sees it: leaves the row that the operation would have left, and rejects. `target` says what was called. @throws PERMISSION_DENIED */
export async function denyAudited(deps: OperationDeps, permission: Permission, target: string): Promise<void> {
  if (!changingPermissions.includes(permission)) return requirePermission(deps, permission)
  await audited(deps, { action: permission, target }, async () => requirePermission(deps, permission))
}
