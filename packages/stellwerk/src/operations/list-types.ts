import { reachesQueue } from '../domain/actor.ts'
import { isAlive } from './list-queues.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** A job type that the store knows of: from jobs it holds, or from stations that run it. */
export interface KnownType {
  readonly type: string
  /** Whether a live station can run it. */
  readonly served: boolean
}

/** Every job type of jobs within the actor's reach, and of live stations, by name. @throws PERMISSION_DENIED */
export async function listTypes(deps: OperationDeps): Promise<readonly KnownType[]> {
  requirePermission(deps, 'queue:read')
  const [tallies, stations] = await Promise.all([deps.store.metrics.tallies(), deps.store.stations.list()])
  const served = new Set(stations.filter(isAlive).flatMap(({ types }) => types))
  const held = tallies.filter(({ queue }) => reachesQueue(deps.actor, queue)).map(({ type }) => type)
  return [...new Set([...held, ...served])].toSorted().map((type) => ({ type, served: served.has(type) }))
}
