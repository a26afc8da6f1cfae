import type { Failure } from '../../domain/job/failure.ts'
import type { SqliteStatements } from './statement.ts'

/** An attempt that did not succeed, to be written while its job is still processing under this claim. */
export interface EndedAttempt {
  readonly id: number
  readonly claimSeq: number
  readonly failure: Failure
  readonly host: string
  readonly at: number
  readonly startedAt: number | null
  readonly runMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
  readonly workerId?: string | null
}

/** Guarded by the claim, so that this write decides as well as the move after it. */
const INSERT_ATTEMPT = /* sql */ `
  INSERT INTO job_attempt (job_id, attempt, claim_seq, kind, error_class, message, stack, causes, host, station_id, worker_id,
         started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes)
  SELECT id, attempt, claim_seq, ?, ?, ?, ?, ?, ?, coalesce(station_id, ''), coalesce(?, worker_id), ?, ?, ?, ?, ?
    FROM job WHERE id = ? AND claim_seq = ? AND state = 'processing'`

/** Whether the claim still held the job, and so the attempt was written. */
export function insertAttempt(connection: SqliteStatements, ended: EndedAttempt): boolean {
  const { failure } = ended
  const written = connection
    .prepare(INSERT_ATTEMPT)
    .run(
      failure.kind,
      failure.errorClass,
      failure.message,
      failure.stack,
      JSON.stringify(failure.causes),
      ended.host,
      ended.workerId ?? null,
      ended.startedAt,
      ended.at,
      ended.runMs,
      ended.memoryBytes,
      ended.memoryPeakBytes,
      ended.id,
      ended.claimSeq,
    )
  return written === 1
}
