import type { Permission } from '../domain/access/permission.ts'
import { hasPermission } from '../domain/actor.ts'
import { denyAudited } from '../operations/deny-audited.ts'
import { requireKnown, requirePermission } from '../operations/require-permission.ts'
import type { Route, RouteDeps } from './route.ts'

type ActorOnly = Pick<RouteDeps, 'actor'>

/** Lets a look at what a route shows go on. @throws UNAUTHENTICATED, PERMISSION_DENIED */
export function requireAccess(route: Route, deps: ActorOnly): void {
  const missing = missingPermission(route, deps)
  if (missing !== null) requirePermission(deps, missing)
}

/** Lets a request go on to its route; what is denied leaves its row, as it would in the operation. `path` as it was called. @throws UNAUTHENTICATED, PERMISSION_DENIED */
export async function requireAccessAudited(route: Route, deps: RouteDeps, path: string): Promise<void> {
  const missing = missingPermission(route, deps)
  if (missing !== null) await denyAudited(deps, missing, `${route.method} ${path}`)
}

/** The first permission that would let the actor in where none that it has does; null where it may come in. @throws UNAUTHENTICATED */
function missingPermission(route: Route, deps: ActorOnly): Permission | null {
  if (route.permission === null) {
    if (route.open === 'authenticated') requireKnown(deps)
    return null
  }
  requireKnown(deps)
  const asked = [route.permission].flat()
  return asked.some((permission) => hasPermission(deps.actor, permission)) ? null : (asked[0] ?? null)
}
