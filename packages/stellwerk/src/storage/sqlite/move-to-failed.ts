import type { SqliteStatements, SqlValue } from './statement.ts'

/** Columns that job and failed_job share. */
export const WHOLE_JOB = /* sql */ `
  id, type, queue, priority, weight, position, in_batch, payload, options, type_version, run_at, created_at, attempt, tries,
  failures, exceptions, crashes, max_crashes, claim_seq, solo, station_id, worker_id, claimed_at, parent_id, run_id, batch_id,
  progress, progress_note`

/** How a job ended for good. */
export interface FinalFailure {
  readonly id: number
  readonly claimSeq: number
  readonly at: number
  readonly startedAt: number | null
  readonly waitMs: number | null
  readonly runMs: number | null
  readonly cpuMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
  readonly kind: string
  readonly errorClass: string
  readonly message: string
  readonly hook: boolean
  readonly workerId?: string | null
  /** The queue it is kept under in place of its own; null = its own. */
  readonly deadLetter: string | null
}

const WORKED = WHOLE_JOB.replace('worker_id', 'coalesce(?2, worker_id)').replace('queue', 'coalesce(?1, queue)')

const MOVE = /* sql */ `
  INSERT INTO failed_job (${WHOLE_JOB}, failed_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, kind,
         error_class, error_message, hook, origin_queue)
  SELECT ${WORKED}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, CASE WHEN ?1 IS NOT NULL THEN queue END
    FROM job WHERE id = ?14 AND claim_seq = ?15 AND state = 'processing'`

const REMOVE = /* sql */ `DELETE FROM job WHERE id = ?`

/** Guarded by the claim: moves the row to failed_job as it stands, under its dead-letter queue where it has one. False where the claim no longer holds. */
export function moveToFailed(connection: SqliteStatements, end: FinalFailure): boolean {
  const values: readonly SqlValue[] = [
    end.deadLetter,
    end.workerId ?? null,
    end.at,
    end.startedAt,
    end.waitMs,
    end.runMs,
    end.cpuMs,
    end.memoryBytes,
    end.memoryPeakBytes,
    end.kind,
    end.errorClass,
    end.message,
    end.hook ? 'due' : null,
    end.id,
    end.claimSeq,
  ]
  const isMoved = connection.prepare(MOVE).run(...values) === 1
  if (isMoved) connection.prepare(REMOVE).run(end.id)
  return isMoved
}
