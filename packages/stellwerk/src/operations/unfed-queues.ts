import { reachesQueue } from '../domain/actor.ts'
import { nearestWord } from '../std/did-you-mean.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** A queue that is named, and of which no job is on record; `nearest` is the queue that may have been meant, null where none is like it. */
export interface UnfedQueue {
  readonly queue: string
  readonly nearest: string | null
}

/** Of the queues that are named those of which no job is on record, within the actor's reach, in the order given; '*' is all, and never one of them. @throws PERMISSION_DENIED */
export async function unfedQueues(deps: OperationDeps, named: Iterable<string>): Promise<readonly UnfedQueue[]> {
  requirePermission(deps, 'queue:read')
  const fed = new Set((await deps.store.metrics.tallies()).map(({ queue }) => queue))
  const known = [...fed].filter((queue) => reachesQueue(deps.actor, queue))
  return [...new Set(named)]
    .filter((queue) => queue !== '*' && !fed.has(queue) && reachesQueue(deps.actor, queue))
    .map((queue) => ({ queue, nearest: nearestWord(queue, known) }))
}
