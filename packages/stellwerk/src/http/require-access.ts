import { hasPermission } from '../domain/actor.ts'
import { requireKnown, requirePermission } from '../operations/require-permission.ts'
import type { Route, RouteDeps } from './route.ts'

/** Lets a request of this actor go on to the route. @throws UNAUTHENTICATED, PERMISSION_DENIED */
export function requireAccess(route: Route, deps: Pick<RouteDeps, 'actor'>): void {
  if (route.permission === null) {
    if (route.open === 'authenticated') requireKnown(deps)
    return
  }
  requireKnown(deps)
  const asked = [route.permission].flat()
  const [first] = asked
  if (first === undefined || asked.some((permission) => hasPermission(deps.actor, permission))) return
  requirePermission(deps, first)
}
