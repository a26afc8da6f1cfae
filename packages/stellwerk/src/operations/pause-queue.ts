import { StellwerkError } from '../domain/errors.ts'
import { checkName } from '../domain/queue/queue-name.ts'
import type { QueuePause } from '../domain/queue/queue-pause.ts'
import { wellFormed } from '../std/well-formed.ts'
import { audited } from './audited.ts'
import { isAlive } from './list-queues.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission, requireQueue } from './require-permission.ts'

/** A pause as it is asked for. Without `forMs` it holds until somebody resumes the queue; it ends by the store's time. */
export interface PauseRequest {
  readonly queue: string
  readonly reason?: string | null
  readonly forMs?: number | null
}

/** A pause as it was made. `isKnown`: a job of the queue is on record, or a live station names it; else it may be mistyped. */
export interface MadePause extends QueuePause {
  readonly isKnown: boolean
}

/** Pauses end within a year by themselves, or not at all. */
const longestPauseMs = 31_536_000_000
/** Bytes of a reason that are kept. */
const mostReasonBytes = 500

/**
 * Nothing of the queue is claimed from about a second later on; what runs goes on, dispatching too. Of a queue that is paused already the reason and the end become
 * these. Returns the pause. @throws PERMISSION_DENIED, OPTION_INVALID
 */
export function pauseQueue(
  deps: OperationDeps,
  { queue, reason = null, forMs = null }: PauseRequest,
): Promise<MadePause> {
  return audited(deps, { action: 'queue:pause', target: `queue ${queue}` }, async (note) => {
    requirePermission(deps, 'queue:pause')
    checkName(queue, 'queue')
    requireQueue(deps, queue)
    if (forMs !== null && !(forMs >= 1 && forMs <= longestPauseMs))
      throw new StellwerkError(
        'OPTION_INVALID',
        `for: ${forMs} ms is not from 1 ms to 365 days; leave it out to pause without an end`,
      )
    note({ after: { reason, forMs } })
    const { store, actor } = deps
    await store.settings.pause({ queue, by: actor.name, reason: keptReason(reason), forMs: forMs && Math.round(forMs) })
    const { pauses } = await store.settings.holds()
    const isKnown = await isKnownQueue(deps, queue)
    const found = pauses.find((pause) => pause.queue === queue)
    if (found !== undefined) return { ...found, isKnown }
    const since = await store.metrics.now()
    return { queue, by: actor.name, reason: keptReason(reason), since, until: since, isKnown }
  })
}

async function isKnownQueue({ store }: OperationDeps, queue: string): Promise<boolean> {
  const [tallies, stations] = await Promise.all([store.metrics.tallies(), store.stations.list()])
  if (tallies.some((tally) => tally.queue === queue)) return true
  return stations.some((station) => isAlive(station) && station.queues.includes(queue))
}

/** A reason as every store takes it; null where it says nothing. */
export function keptReason(reason: string | null | undefined): string | null {
  const text = reason?.trim() ?? ''
  return text === '' ? null : wellFormed(text, mostReasonBytes)
}
