import type { LaneShare } from '../../domain/queue/lane.ts'
import type { ClaimedJob } from '../claim-store.ts'

/**
 * Columns of a claimed job, in the order of {@link ClaimedRow}. What is most often the same as something else is null then: a column that is null costs neither side
 * anything, and a claim brings thousands of rows.
 */
export const claimedColumns = `id, payload, run_at, claimed_at, attempt, tries, type_version, nullif(claim_seq, attempt), nullif(created_at, run_at),
            nullif(position, run_at), nullif(queue, ($2::text[])[1]), nullif(type, ($3::text[])[1]), nullif(in_batch, ($4::bool[])[1]),
            nullif(priority, ($5::smallint[])[1]), nullif(solo, false), nullif(failures, 0), nullif(exceptions, 0), nullif(crashes, 0), options, parent_id,
            run_id, batch_id`

/** One row of {@link claimedColumns}. */
export type ClaimedRow = [
  id: number,
  payload: string,
  runAt: number,
  claimedAt: number,
  attempt: number,
  tries: number,
  typeVersion: number,
  claimSeq: number | null,
  createdAt: number | null,
  position: number | null,
  queue: string | null,
  type: string | null,
  inBatch: boolean | null,
  priority: number | null,
  solo: boolean | null,
  failures: number | null,
  exceptions: number | null,
  crashes: number | null,
  options: string | null,
  parentId: number | null,
  runId: string | null,
  batchId: string | null,
]

/** The job of a row, of a claim whose first share is this one. */
export function claimedJob(row: ClaimedRow, first: LaneShare): ClaimedJob {
  const [
    id,
    payload,
    runAt,
    claimedAt,
    attempt,
    tries,
    typeVersion,
    claimSeq,
    createdAt,
    position,
    queue,
    type,
    inBatch,
    priority,
    solo,
    failures,
    exceptions,
    crashes,
    options,
    parentId,
    runId,
    batchId,
  ] = row
  return {
    id,
    type: type ?? first.type,
    typeVersion,
    queue: queue ?? first.queue,
    priority: priority ?? first.priority,
    inBatch: inBatch ?? first.inBatch,
    payload,
    options,
    attempt,
    tries,
    failures: failures ?? 0,
    exceptions: exceptions ?? 0,
    crashes: crashes ?? 0,
    claimSeq: claimSeq ?? attempt,
    solo: solo ?? false,
    createdAt: createdAt ?? runAt,
    runAt,
    claimedAt,
    position: position ?? runAt,
    parentId,
    runId,
    batchId,
  }
}
