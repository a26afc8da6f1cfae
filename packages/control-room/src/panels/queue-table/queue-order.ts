import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import type { Sort } from '../../ui/table-column.ts'

/** Columns that sort, with what they sort by; unknown figures come after all others. */
const values: Readonly<Record<string, (queue: Queue) => number | string | null>> = {
  queue: ({ queue }) => queue,
  status: ({ status }) => ['idle', 'running', 'waiting', 'stuck'].indexOf(status),
  waiting: ({ counts }) => counts.pending,
  oldest: ({ oldestWaitMs }) => oldestWaitMs,
  processing: ({ counts }) => counts.processing,
  throughput: ({ throughputPerMinute }) => throughputPerMinute,
  failures: ({ failuresPerHour }) => failuresPerHour,
  p95Wait: ({ p95WaitMs }) => p95WaitMs,
  p95Run: ({ p95RunMs }) => p95RunMs,
  drain: ({ timeToDrainMs }) => timeToDrainMs,
  stations: ({ stations }) => stations,
}

/** Names of the columns that sort. */
export const sortableColumns = Object.keys(values)

/** Worst first: stuck before waiting, then by the oldest wait. */
export const byTrouble: Sort = { column: 'trouble', isDescending: true }

function compare(one: number | string | null, other: number | string | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? -1 : 1
  if (typeof one === 'string' || typeof other === 'string') return String(one).localeCompare(String(other))
  return one - other
}

function byWorst(one: Queue, other: Queue): number {
  const status = values['status']
  return (
    compare(status?.(other) ?? null, status?.(one) ?? null) ||
    compare(other.oldestWaitMs, one.oldestWaitMs) ||
    compare(other.failuresPerHour, one.failuresPerHour) ||
    compare(one.queue, other.queue)
  )
}

/** The queues in the wished order; equal ones by name. */
export function orderQueues(queues: readonly Queue[], { column, isDescending }: Sort): readonly Queue[] {
  const figureOf = values[column]
  if (figureOf === undefined) return queues.toSorted(byWorst)
  const sign = isDescending ? -1 : 1
  return queues.toSorted(
    (one, other) => sign * compare(figureOf(one), figureOf(other)) || compare(one.queue, other.queue),
  )
}
