import type { JobStore } from '../job-store.ts'
import { cancelJob, requestCancel } from './cancel-job.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'
import { forgetJob } from './forget-job.ts'
import { retryJob } from './retry-job.ts'
import { setPriority } from './set-priority.ts'

/** The role of everyone who looks at jobs or moves one by hand, over one connection. */
export function createJobStore(connection: SqliteConnection, cold: ColdReads): JobStore {
  return {
    find: (id) => cold.read(({ findJob }, db) => findJob(db, id)),
    list: (filter) => cold.read(({ listJobs }, db) => listJobs(db, filter)),
    attempts: (id) => cold.read(({ listAttempts }, db) => listAttempts(db, id)),
    logs: (id) => cold.read(({ listLogs }, db) => listLogs(db, id)),
    setPriority: (id, priority) => connection.write(() => setPriority(connection, id, priority), { wakes: true }),
    cancel: (id) => connection.write(() => cancelJob(connection, id)),
    requestCancel: (id) => connection.write(() => requestCancel(connection, id)),
    forget: (id) => connection.write(() => forgetJob(connection, id)),
    retry: (id) => connection.write(() => retryJob(connection, id), { wakes: true }),
  }
}
