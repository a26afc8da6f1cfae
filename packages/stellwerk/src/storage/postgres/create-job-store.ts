import type { JobStore } from '../job-store.ts'
import { cancelJob, requestCancel } from './cancel-job.ts'
import type { ColdReads } from './cold-reads.ts'
import { forgetJob } from './forget-job.ts'
import type { Notifier } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { retryJob } from './retry-job.ts'
import { setPriority } from './set-priority.ts'

/** What the role needs beside the database. */
export interface JobParts {
  readonly reads: ColdReads
  readonly notifier: Notifier
}

/** The role of everyone who looks at jobs or moves one by hand. */
export function createJobStore(db: PostgresDatabase, { reads, notifier }: JobParts): JobStore {
  return {
    find: (id) => reads.read(({ findJob }, kysely) => findJob(kysely, id)),
    list: (filter) => reads.read(({ listJobs }, kysely) => listJobs(kysely, filter)),
    attempts: (id) => reads.read(({ listAttempts }, kysely) => listAttempts(kysely, id)),
    logs: (id) => reads.read(({ listLogs }, kysely) => listLogs(kysely, id)),
    setPriority: (id, priority) => setPriority(db, id, priority),
    cancel: (id) => cancelJob(db, id),
    requestCancel: (id) => requestCancel(db, id),
    forget: (id) => forgetJob(db, id),
    retry: (id) => retryJob(db, notifier, id),
  }
}
