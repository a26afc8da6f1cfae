import type { Maintenance } from '../domain/queue/queue-pause.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { keptReason } from './pause-queue.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

/** Maintenance on, with a reason, or off. */
export interface MaintenanceRequest {
  readonly on: boolean
  readonly reason?: string | null
}

/** While it is on nothing is claimed but by workers with `force`; what runs goes on. Returns what holds now. @throws PERMISSION_DENIED */
export function setMaintenance(deps: OperationDeps, { on, reason }: MaintenanceRequest): Promise<Maintenance | null> {
  const action = on ? 'maintenance:on' : 'maintenance:off'
  return audited(deps, { action, target: 'maintenance' }, async (note) => {
    requirePermission(deps, 'maintenance:manage')
    requireEveryQueue(deps)
    const { settings } = deps.store
    const before = (await settings.holds()).maintenance
    await settings.setMaintenance(on ? { by: deps.actor.name, reason: keptReason(reason) } : null)
    note({ before: { on: before !== null }, after: { on, ...(on && { reason: keptReason(reason) }) } })
    return (await settings.holds()).maintenance
  })
}

/** Whether maintenance is on, and the store's time. @throws PERMISSION_DENIED */
export async function readMaintenance(
  deps: OperationDeps,
): Promise<{ readonly now: number; readonly maintenance: Maintenance | null }> {
  requirePermission(deps, 'queue:read')
  const [{ maintenance }, now] = await Promise.all([deps.store.settings.holds(), deps.store.metrics.now()])
  return { now, maintenance }
}
