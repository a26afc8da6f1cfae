import type { AttemptRecord } from '../domain/job/job-record.ts'
import type { LogEntry } from '../domain/job/log-entry.ts'
import type { LogChunk } from '../storage/job-store.ts'
import { findJob, type VisibleJob } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'

/** A line of a handler with the attempt it belongs to. */
export type JobLogLine = LogEntry & { readonly attempt: number }

/** Everything a job's page shows. Attempts are those that did not succeed, oldest first; lines in the order they were written. */
export interface JobDetails {
  readonly job: VisibleJob
  readonly attempts: readonly AttemptRecord[]
  readonly lines: readonly JobLogLine[]
}

/** One job with its attempts and lines. @throws PERMISSION_DENIED, JOB_NOT_FOUND */
export async function jobDetails(deps: OperationDeps, ref: number | string): Promise<JobDetails> {
  const job = await findJob(deps, ref)
  const [attempts, chunks] = await Promise.all([deps.store.jobs.attempts(job.id), deps.store.jobs.logs(job.id)])
  return { job, attempts, lines: chunks.flatMap(toLines) }
}

function toLines(chunk: LogChunk): readonly JobLogLine[] {
  return chunk.lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ ...(JSON.parse(line) as LogEntry), attempt: chunk.attempt }))
}
