import type { Actor } from '../domain/actor.ts'
import { reachesQueue } from '../domain/actor.ts'

/** The part of a filter that names queues: one, or several of which any will do. */
export interface QueueFilter {
  readonly queue?: string
  readonly queues?: readonly string[]
}

/** A filter narrowed to the queues that the actor reaches; null where nothing of it is left to look at. Pure. */
export function withinReach<Filter extends QueueFilter>(actor: Actor, filter: Filter): Filter | null {
  if (actor.queues === null) return filter
  if (filter.queue !== undefined && !reachesQueue(actor, filter.queue)) return null
  const queues = (filter.queues ?? actor.queues).filter((queue) => reachesQueue(actor, queue))
  return queues.length === 0 ? null : { ...filter, queues }
}
