import { loginLinkMs } from '../domain/access/lifetimes.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'
import { createSecret, hashSecret } from './secret-text.ts'

/** The code of a link that logs in once, within ten minutes, as an admin with the actor's name. @throws PERMISSION_DENIED */
export function createLoginLink(deps: OperationDeps): Promise<string> {
  return audited(deps, { action: 'link:create', target: 'a login link' }, async () => {
    requirePermission(deps, 'token:manage')
    requireEveryQueue(deps)
    const code = createSecret()
    await deps.store.sessions.createLink({
      hash: hashSecret(code),
      createdBy: deps.actor.name,
      lifetimeMs: loginLinkMs,
    })
    return code
  })
}
