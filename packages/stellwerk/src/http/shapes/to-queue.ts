import type { QueuePause as Pause, Maintenance as Work } from '../../domain/queue/queue-pause.ts'
import type { QueueOverview } from '../../operations/list-queues.ts'
import type { MadePause } from '../../operations/pause-queue.ts'
import type { Maintenance, QueuePause } from '../schemas/pause.ts'
import type { Queue } from '../schemas/queue.ts'
import { toIso, toIsoOrNull } from './to-job.ts'

/** A queue as the interface shows it. Pure. */
export function toQueue(queue: QueueOverview): Queue {
  return {
    ...queue,
    counts: { ...queue.counts },
    paused: queue.paused && toPause(queue.paused),
    throughputPerMinute: toHundredths(queue.throughputPerMinute),
    unservedTypes: [...queue.unservedTypes],
    sparkline: [...queue.sparkline],
  }
}

/** A pace without digits that mean nothing. */
export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100
}

/** A pause as the interface shows it. Pure. */
export function toPause({ by, reason, since, until }: Pause): QueuePause {
  return { by, reason, since: toIso(since), until: toIsoOrNull(until) }
}

/** A pause that was just made, as the interface shows it. Pure. */
export function toMadePause({ isKnown, ...pause }: MadePause): QueuePause & { isKnown: boolean } {
  return { ...toPause(pause), isKnown }
}

/** Maintenance as the interface shows it. Pure. */
export function toMaintenance(maintenance: Work | null): Maintenance | null {
  return maintenance && { by: maintenance.by, reason: maintenance.reason, since: toIso(maintenance.since) }
}
