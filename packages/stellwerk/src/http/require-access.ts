import type { Permission } from '../domain/access/permission.ts'
import { hasPermission } from '../domain/actor.ts'
import { denyAudited } from '../operations/deny-audited.ts'
import { requireKnown, requirePermission } from '../operations/require-permission.ts'
import type { Route, RouteDeps } from './route.ts'

/** Lets a view of this actor look at what the route shows. @throws UNAUTHENTICATED, PERMISSION_DENIED */
export function requireAccess(route: Route, deps: Pick<RouteDeps, 'actor'>): void {
  const lacking = lackingPermission(route, deps)
  if (lacking !== null) requirePermission(deps, lacking)
}

/** Lets a request go on to the route; what is denied here leaves its row, as it would in the operation. @throws as requireAccess */
export async function admitRequest(route: Route, deps: RouteDeps, path: string): Promise<void> {
  const lacking = lackingPermission(route, deps)
  if (lacking !== null) await denyAudited(deps, lacking, `${route.method} ${path}`)
}

function lackingPermission(route: Route, deps: Pick<RouteDeps, 'actor'>): Permission | null {
  if (route.permission !== null || route.open === 'authenticated') requireKnown(deps)
  if (route.permission === null) return null
  const asked = [route.permission].flat()
  return asked.some((permission) => hasPermission(deps.actor, permission)) ? null : (asked[0] ?? null)
}
