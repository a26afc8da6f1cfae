import { type RunningJob, reportedJobs } from '../domain/worker/worker-report.ts'
import type { Attempt } from './attempt.ts'

/** The oldest attempts as a report names them, at most twenty. */
export function runningJobsOf(attempts: Iterable<Attempt>): readonly RunningJob[] {
  return [...attempts].slice(0, reportedJobs).map((attempt) => {
    const { job, startedMs } = attempt.start
    return { id: job.id, type: job.type, queue: job.queue, startedAt: attempt.atOf(startedMs) }
  })
}
