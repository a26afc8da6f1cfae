import type { FailureCause } from '../../domain/job/failure.ts'
import type { AttemptRecord } from '../../domain/job/job-record.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Attempts of one job that did not succeed, oldest first. */
export async function listAttempts(db: Kysely<Database>, jobId: number): Promise<readonly AttemptRecord[]> {
  const rows = await db
    .selectFrom('every_job_attempt')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('claim_seq')
    .execute()
  return rows.map((row) => ({
    jobId: row.job_id,
    attempt: row.attempt,
    claimSeq: row.claim_seq,
    kind: row.kind,
    errorClass: row.error_class,
    message: row.message,
    stack: row.stack,
    causes: JSON.parse(row.causes) as readonly FailureCause[],
    host: row.host,
    stationId: row.station_id,
    workerId: row.worker_id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    runMs: row.run_ms,
    memoryBytes: row.memory_bytes,
    memoryPeakBytes: row.memory_peak_bytes,
  }))
}
