import { checkName } from '../domain/queue/queue-name.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission, requireQueue } from './require-permission.ts'

/** Jobs of the queue are claimed again; returns false where it was not paused. @throws PERMISSION_DENIED, OPTION_INVALID */
export function resumeQueue(deps: OperationDeps, queue: string): Promise<boolean> {
  return audited(deps, { action: 'queue:resume', target: `queue ${queue}` }, async (note) => {
    requirePermission(deps, 'queue:pause')
    checkName(queue, 'queue')
    requireQueue(deps, queue)
    const wasPaused = await deps.store.settings.resume(queue)
    note({ before: { paused: wasPaused }, after: { paused: false } })
    return wasPaused
  })
}
