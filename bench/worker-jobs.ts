import { probeJob } from './probe-job.ts'

/** What the worker processes of the bench load. */
export const probe = probeJob(() => undefined)
