import type { TokenRecord } from '../storage/token-store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

const most = 1_000

/** Tokens, the newest first, those that no longer hold included; the newest thousand. @throws PERMISSION_DENIED */
export async function listTokens(deps: OperationDeps): Promise<readonly TokenRecord[]> {
  requirePermission(deps, 'token:manage')
  requireEveryQueue(deps)
  return await deps.store.tokens.list(most)
}

/** How many tokens hold now. @throws PERMISSION_DENIED */
export async function countTokens(deps: OperationDeps): Promise<number> {
  requirePermission(deps, 'token:manage')
  requireEveryQueue(deps)
  return await deps.store.tokens.countLive()
}
