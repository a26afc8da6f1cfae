import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JobLogs, LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import { useApi } from '../../api/api-context.tsx'
import { type LiveJob, streamedLines } from './job-topic.ts'
import { joinLines } from './join-lines.ts'

/** The lines of a job. */
export interface JobLines {
  readonly lines: readonly LogLine[]
  /** Earlier ones that are not among them; null = there may be some. */
  readonly omitted: number | null
  /** Fetches earlier ones; null where there are none to be had. */
  readonly loadAll: (() => void) | null
}

/** The newest lines as the stream brings them, and all of them once they were asked for. */
export function useJobLines(job: LiveJob, hasGone: boolean): JobLines {
  const { client } = useApi()
  const [wantsAll, setWantsAll] = useState(false)
  const isPolled = job.lines === undefined
  const whole = useQuery({
    queryKey: ['job-lines', job.id, isPolled ? job.attempt : 0, isPolled ? job.state : ''],
    queryFn: ({ signal }) => client.send<JobLogs>(`/jobs/${job.id}/logs`, { signal }),
    enabled: (wantsAll || isPolled) && !hasGone,
    refetchInterval: isPolled && job.state === 'processing' ? 2_000 : false,
    placeholderData: (before) => before,
  })
  const newest = job.lines ?? []
  const fetched = whole.data
  const lines = fetched === undefined ? newest : joinLines(fetched.lines, newest)
  const omitted = fetched?.omitted ?? (newest.length < streamedLines ? 0 : null)
  return { lines, omitted, loadAll: omitted === null && !wantsAll ? () => setWantsAll(true) : null }
}
