import { reachesQueue } from '../domain/actor.ts'
import type { FailedSelection } from '../storage/failed-job-store.ts'
import type { JobPage } from '../storage/job-store.ts'
import type { BoundedCount, FailedPageFilter } from '../storage/page-store.ts'
import { countFailed } from './bulk-failed.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'
import { withinReach } from './within-reach.ts'

/** A page of failed jobs, and how many the whole list has: exact from the counters where they tell, else counted up to `countedUpTo`. */
export interface FailedPage extends JobPage {
  readonly total: BoundedCount
}

/** Longer lists are not counted to their end. */
export const countedUpTo = 10_001

/** Failed jobs within the actor's reach, newest id first. @throws PERMISSION_DENIED */
export async function listFailed(deps: OperationDeps, filter: FailedPageFilter): Promise<FailedPage> {
  requirePermission(deps, 'job:read')
  const selection = withinReach(deps.actor, filter.selection)
  if (selection === null) return { jobs: [], nextBeforeId: null, scanned: null, total: { count: 0, isCapped: false } }
  const [page, total] = await Promise.all([
    deps.store.pages.failedPage({ ...filter, selection }),
    countSelection(deps, selection),
  ])
  return { ...page, total }
}

/** How many failed jobs within the actor's reach a selection holds, exactly: what a dry run answers. @throws PERMISSION_DENIED */
export async function countFailedSelection(deps: OperationDeps, selection: FailedSelection): Promise<number> {
  requirePermission(deps, 'job:read')
  return isCounted(selection) ? await countByTallies(deps, selection) : await countFailed(deps, selection)
}

/** The caller has narrowed the selection to the actor's reach. */
async function countSelection(deps: OperationDeps, selection: FailedSelection): Promise<BoundedCount> {
  if (isCounted(selection)) return { count: await countByTallies(deps, selection), isCapped: false }
  return await deps.store.pages.countFailed(selection, countedUpTo)
}

/** Whether the counters tell: they know queues and types alone. */
function isCounted({ ids, fromId, toId, failedFrom, failedTo }: FailedSelection): boolean {
  return [ids, fromId, toId, failedFrom, failedTo].every((part) => part === undefined)
}

async function countByTallies(deps: OperationDeps, { queue, type }: FailedSelection): Promise<number> {
  const tallies = await deps.store.metrics.tallies()
  const chosen = tallies.filter(
    (tally) =>
      tally.state === 'failed' &&
      reachesQueue(deps.actor, tally.queue) &&
      (queue === undefined || tally.queue === queue) &&
      (type === undefined || tally.type === type),
  )
  return chosen.reduce((sum, { count }) => sum + count, 0)
}
