import type { ClaimedJob } from '../src/storage/claim-store.ts'

/** A job as a claim brings it, with what the test says. */
export function claimedJob(differs: Partial<ClaimedJob> = {}): ClaimedJob {
  return {
    id: 1,
    type: 'noop',
    typeVersion: 1,
    queue: 'default',
    priority: 0,
    inBatch: false,
    payload: '{}',
    options: null,
    attempt: 1,
    tries: 3,
    failures: 0,
    exceptions: 0,
    crashes: 0,
    claimSeq: 1,
    solo: false,
    createdAt: 1_000,
    runAt: 1_000,
    claimedAt: 1_000,
    position: 1_000,
    parentId: null,
    runId: null,
    batchId: null,
    ...differs,
  }
}
