import type { FailureCause, FailureKind } from './failure.ts'
import type { JobState } from './job-state.ts'

/** What every list shows of a job, whatever its state: one row of `job`, `failed_job`, `finished_job` or `archived_job`. */
export interface JobSummary {
  readonly id: number
  readonly type: string
  /** Of a job in a dead-letter queue: that one. */
  readonly queue: string
  /** Of a job in a dead-letter queue: the queue that it ran in, to which a retry returns it; else null. */
  readonly originQueue: string | null
  readonly state: JobState
  readonly priority: number
  /** Attempts begun since the dispatch (1-based while one runs); the budget is `failures` against `tries`. */
  readonly attempt: number
  /** Tries of the present budget that have begun: after a retry by hand from 0 again. Shown as 1/3, against `tries`. */
  readonly triesBegun: number
  readonly tries: number
  readonly failures: number
  readonly crashes: number
  readonly createdAt: number
  /** When it may start or may start again, Unix ms; for a job dispatched without delay its creation. */
  readonly runAt: number
  readonly claimedAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly waitMs: number | null
  readonly runMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
  readonly cpuMs: number | null
  readonly stationId: string | null
  readonly workerId: string | null
  readonly parentId: number | null
  readonly runId: string | null
  readonly batchId: string | null
  /** 0 to 100, null where none was reported. */
  readonly progress: number | null
  readonly progressNote: string | null
  /** Of a failed job: what ended it. */
  readonly failureKind: FailureKind | null
  readonly errorClass: string | null
  readonly errorMessage: string | null
  /** Since when, and by whom, it is kept until it is released; null where it is not archived. */
  readonly archivedAt: number | null
  readonly archivedBy: string | null
}

/** The whole of a job as its page shows it. */
export interface JobRecord extends JobSummary {
  readonly weight: number
  /** Grows with every claim; the fencing token of the newest one. */
  readonly claimSeq: number
  readonly typeVersion: number
  /** JSON text, null once retention has removed it. */
  readonly payload: string | null
  /** JSON text of a completed job's result, else null. */
  readonly result: string | null
  /** JSON text of {@link JobOverrides}, null where nothing was overridden. */
  readonly options: string | null
  /** Set when it was under suspicion of killing its process and runs alone next. */
  readonly solo: boolean
  /** Somebody wants it cancelled, and it ran when they said so: it leaves `processing` cancelled unless it completes or fails for good. */
  readonly cancelRequested: boolean
}

/** One attempt that did not succeed, oldest first by (claimSeq). */
export interface AttemptRecord {
  readonly jobId: number
  readonly attempt: number
  readonly claimSeq: number
  readonly kind: FailureKind
  readonly errorClass: string
  readonly message: string
  readonly stack: string | null
  readonly causes: readonly FailureCause[]
  readonly host: string
  readonly stationId: string
  readonly workerId: string | null
  readonly startedAt: number | null
  readonly finishedAt: number
  readonly runMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
}
