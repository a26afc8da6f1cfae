import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import type { LiveTopic } from '../../api/live/use-live.ts'

/** A job as the stream tells it: with its newest lines. The GET of the job alone has none. */
export type LiveJob = JobDetail & { readonly lines?: readonly LogLine[] }

/** As many lines as the stream brings. */
export const streamedLines = 200

/** One job, live. */
export function jobTopic(ref: string): LiveTopic<LiveJob> {
  return { topic: `job:${ref}`, path: `/jobs/${encodeURIComponent(ref)}`, pollMs: 2_000 }
}
