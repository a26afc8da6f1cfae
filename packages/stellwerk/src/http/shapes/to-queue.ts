import type { QueueOverview } from '../../operations/list-queues.ts'
import type { Queue } from '../schemas/queue.ts'

/** A queue as the interface shows it. Pure. */
export function toQueue(queue: QueueOverview): Queue {
  return {
    ...queue,
    counts: { ...queue.counts },
    paused: null,
    throughputPerMinute: toHundredths(queue.throughputPerMinute),
    unservedTypes: [...queue.unservedTypes],
    sparkline: [...queue.sparkline],
  }
}

/** A pace without digits that mean nothing. */
export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100
}
