import { uuidOf } from '../../domain/job/job-id.ts'
import type { JobSummary } from '../../domain/job/job-record.ts'
import type { FailedJob } from '../schemas/failed-job.ts'
import type { Job } from '../schemas/job.ts'

/** A point in time as JSON has it. */
export function toIso(at: number): string {
  return new Date(at).toISOString()
}

/** The same for what may not be known. */
export function toIsoOrNull(at: number | null): string | null {
  return at === null ? null : toIso(at)
}

/** A job as the interface shows it. Pure. */
export function toJob(job: JobSummary, installationId: string): Job {
  return {
    id: String(job.id),
    uuid: uuidOf(installationId, job.id),
    type: job.type,
    queue: job.queue,
    originQueue: job.originQueue,
    state: job.state,
    priority: job.priority,
    attempt: job.attempt,
    triesBegun: job.triesBegun,
    tries: job.tries,
    failures: job.failures,
    crashes: job.crashes,
    createdAt: toIso(job.createdAt),
    runAt: toIso(job.runAt),
    claimedAt: toIsoOrNull(job.claimedAt),
    startedAt: toIsoOrNull(job.startedAt),
    finishedAt: toIsoOrNull(job.finishedAt),
    waitMs: job.waitMs,
    runMs: job.runMs,
    memoryBytes: job.memoryBytes,
    memoryPeakBytes: job.memoryPeakBytes,
    cpuMs: job.cpuMs,
    stationId: job.stationId,
    workerId: job.workerId,
    parentId: job.parentId === null ? null : String(job.parentId),
    runId: job.runId,
    batchId: job.batchId,
    progress: job.progress,
    progressNote: job.progressNote,
    failureKind: job.failureKind,
    errorClass: job.errorClass,
    errorMessage: job.errorMessage,
    archivedAt: toIsoOrNull(job.archivedAt),
    archivedBy: job.archivedBy,
  }
}

/** A failed job with what ended it. Pure. */
export function toFailedJob(job: JobSummary, installationId: string): FailedJob {
  return {
    ...toJob(job, installationId),
    failure: {
      kind: job.failureKind ?? 'error',
      errorClass: job.errorClass ?? 'Error',
      message: job.errorMessage ?? '',
      attempt: job.attempt,
      failedAt: toIso(job.finishedAt ?? job.runAt),
    },
  }
}
