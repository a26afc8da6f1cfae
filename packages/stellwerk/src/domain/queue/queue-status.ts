import type { JobState } from '../job/job-state.ts'

/**
 * What a queue is doing. idle: nothing is ready and nothing runs. running: jobs run. waiting: jobs are ready, live stations serve them, none runs yet.
 * stuck: jobs are ready that no live station can run.
 */
export const queueStatuses = ['idle', 'running', 'waiting', 'stuck'] as const

/** One of {@link queueStatuses}. */
export type QueueStatus = (typeof queueStatuses)[number]

/** What a status is judged by. */
export interface QueueStatusFacts {
  readonly counts: Readonly<Record<JobState, number>>
  /** Live stations that serve the queue. */
  readonly stations: number
  /** Whether a type with ready jobs has no live station that runs it. */
  readonly unservedPending: boolean
}

/** The status of a queue. What nobody can run outweighs what runs. Pure. */
export function queueStatus({ counts, stations, unservedPending }: QueueStatusFacts): QueueStatus {
  if (counts.pending > 0 && (stations === 0 || unservedPending)) return 'stuck'
  if (counts.processing > 0) return 'running'
  return counts.pending > 0 ? 'waiting' : 'idle'
}
