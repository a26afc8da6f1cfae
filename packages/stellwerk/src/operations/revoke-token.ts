import { StellwerkError } from '../domain/errors.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

/** Ends a token and its sessions at once; returns false where it was revoked before. @throws PERMISSION_DENIED, TOKEN_NOT_FOUND */
export function revokeToken(deps: OperationDeps, id: number): Promise<boolean> {
  return audited(deps, { action: 'token:revoke', target: `token ${id}` }, async (note) => {
    requirePermission(deps, 'token:manage')
    requireEveryQueue(deps)
    const became = Number.isSafeInteger(id) ? await deps.store.tokens.revoke(id) : 'absent'
    if (became === 'absent')
      throw new StellwerkError('TOKEN_NOT_FOUND', `there is no token ${id}; 'stellwerk token list' shows them`)
    note({ before: { revoked: became === 'before' }, after: { revoked: true } })
    return became === 'revoked'
  })
}
