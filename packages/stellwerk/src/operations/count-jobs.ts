import { reachesQueue } from '../domain/actor.ts'
import { countStates, type StateCounts } from './list-queues.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Which jobs are counted; what is not given narrows nothing. */
export interface CountFilter {
  readonly queue?: string | undefined
  readonly types?: readonly string[] | undefined
}

/** How many jobs within the actor's reach are in each state, from the counters: never a scan. @throws PERMISSION_DENIED */
export async function countJobs(deps: OperationDeps, { queue, types }: CountFilter = {}): Promise<StateCounts> {
  requirePermission(deps, 'job:read')
  const tallies = await deps.store.metrics.tallies()
  return countStates(
    tallies.filter(
      (tally) =>
        reachesQueue(deps.actor, tally.queue) &&
        (queue === undefined || tally.queue === queue) &&
        (types === undefined || types.includes(tally.type)),
    ),
  )
}
