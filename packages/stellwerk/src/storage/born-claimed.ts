import type { ClaimedJob } from './claim-store.ts'
import type { NewJob } from './dispatch-store.ts'

/** What jobs look like that were born at `at` (Unix ms) in the hands of a station: their first claim, due at once. Pure. */
export function bornClaimed(jobs: readonly NewJob[], ids: readonly number[], at: number): readonly ClaimedJob[] {
  return jobs.map((job, index) => ({
    id: ids[index] ?? 0,
    type: job.type,
    typeVersion: job.typeVersion,
    queue: job.queue,
    priority: job.priority,
    inBatch: false,
    payload: job.payload,
    options: job.options,
    attempt: 1,
    tries: job.tries,
    failures: 0,
    exceptions: 0,
    crashes: 0,
    claimSeq: 1,
    solo: false,
    createdAt: at,
    runAt: at,
    claimedAt: at,
    position: at - job.weight * 1_000,
    parentId: job.parentId,
    runId: job.runId,
    batchId: null,
  }))
}
