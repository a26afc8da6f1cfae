import type { JobList } from '../../../../stellwerk/src/http/schemas/job-list.ts'
import type { LiveTopic } from '../../api/live/use-live.ts'

/** A page of jobs: the first is live, those further back are fetched now and then. `query` as GET /jobs takes it. */
export function jobsTopic(query: URLSearchParams, cursor: string): LiveTopic<JobList> {
  const search = new URLSearchParams(query)
  if (cursor !== '') search.set('cursor', cursor)
  const text = search.size === 0 ? '' : `?${search}`
  return { topic: `jobs${text}`, path: `/jobs${text}`, pollMs: 5_000, isPushed: cursor === '' }
}
