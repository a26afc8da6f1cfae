import type { FailedJobList } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import type { LiveTopic } from '../../api/live/use-live.ts'
import type { FailedSelection } from './failed-filter.ts'

/** A page of failures: the first is live, those further back are fetched now and then. */
export function failedTopic(selection: FailedSelection, cursor: string): LiveTopic<FailedJobList> {
  const search = new URLSearchParams({ ...selection, ...(cursor === '' ? {} : { cursor }) })
  const text = search.size === 0 ? '' : `?${search}`
  return { topic: `failed-jobs${text}`, path: `/failed-jobs${text}`, pollMs: 5_000, isPushed: cursor === '' }
}
