import type { BulkProgress, BulkStep, FailedSelection } from '../storage/failed-job-store.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission, requireQueue } from './require-permission.ts'
import { withinReach } from './within-reach.ts'

/** Jobs one transaction of a bulk action touches. */
const stepSize = 500

/** How many failed jobs a selection holds now, within the actor's reach: what a dry run answers. @throws PERMISSION_DENIED */
export async function countFailed(deps: OperationDeps, selection: FailedSelection): Promise<number> {
  requirePermission(deps, 'job:read')
  const reachable = withinReach(deps.actor, selection)
  return reachable === null ? 0 : await deps.store.failedJobs.count(reachable)
}

/** Follows a bulk action from outside while it goes on. */
export interface BulkWatch {
  /** After every step: how many were changed so far. */
  onStep(changed: number): void
  /** Asked before every step but the first: false ends it there, and the steps before it stand. */
  mayGoOn(): Promise<boolean>
}

/** Retries every failed job of the selection within the actor's reach, in steps; returns how many. Jobs that fail anew meanwhile are not touched twice. @throws PERMISSION_DENIED */
export function retryFailed(deps: OperationDeps, selection: FailedSelection, watch?: BulkWatch): Promise<number> {
  return inSteps(deps, { action: 'job:retry', selection, watch }, (reachable, step) =>
    deps.store.failedJobs.retryNext(reachable, step),
  )
}

/** Removes every failed job of the selection within the actor's reach, in steps; returns how many. @throws PERMISSION_DENIED */
export function forgetFailed(deps: OperationDeps, selection: FailedSelection, watch?: BulkWatch): Promise<number> {
  return inSteps(deps, { action: 'job:delete', selection, watch }, (reachable, step) =>
    deps.store.failedJobs.forgetNext(reachable, step),
  )
}

interface BulkOrder {
  readonly action: 'job:retry' | 'job:delete'
  readonly selection: FailedSelection
  readonly watch: BulkWatch | undefined
}

/** The row says how many were changed also where a later step fails or is not allowed any more: the steps before it stand. */
function inSteps(
  deps: OperationDeps,
  { action, selection, watch }: BulkOrder,
  run: (selection: FailedSelection, step: BulkStep) => Promise<BulkProgress>,
): Promise<number> {
  return audited(deps, { action, target: 'failed jobs', filter: selection }, async (note) => {
    requirePermission(deps, action)
    if (selection.queue !== undefined) requireQueue(deps, selection.queue)
    const reachable = withinReach(deps.actor, selection)
    let changed = 0
    let afterId: number | null = reachable === null ? null : 0
    while (reachable !== null && afterId !== null) {
      const progress: BulkProgress = await run(reachable, { afterId, limit: stepSize })
      changed += progress.changed
      afterId = progress.lastId
      note({ count: changed })
      watch?.onStep(changed)
      if (afterId === null || watch === undefined || (await watch.mayGoOn())) continue
      note({ after: { stopped: true } })
      break
    }
    note({ count: changed })
    return changed
  })
}
