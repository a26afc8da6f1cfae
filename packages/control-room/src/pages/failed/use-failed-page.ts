import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FailedJobList } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import { useApi } from '../../api/api-context.tsx'
import type { LiveValue } from '../../api/live/use-live.ts'
import { useLiveMode } from '../../api/live/use-live-mode.ts'
import { asProblem } from '../../api/problem.ts'
import { serverNow } from '../../api/server-clock.ts'
import { usePreferences } from '../../app/preferences.ts'
import { type FailedSelection, failedSelection, readFailedFilter } from './failed-filter.ts'

/** A page of failures, and what the server was asked for it. */
export interface FailedPageValue extends LiveValue<FailedJobList> {
  readonly selection: FailedSelection
  /** Names the list; another one for another question. */
  readonly list: string
}

const askEveryMs = 3_000

/** A page of failures, asked for again every few seconds unless the room is paused. The last answer stays. */
export function useFailedPage(q: string, cursor: string): FailedPageValue {
  const { client } = useApi()
  const { timeZone } = usePreferences()
  const isPaused = useLiveMode() === 'paused'
  const selection = useMemo(
    () => failedSelection(readFailedFilter(q).filter, { nowMs: serverNow(), zone: timeZone }),
    [q, timeZone],
  )
  const search = new URLSearchParams({ ...selection, ...(cursor === '' ? {} : { cursor }) })
  const list = `/failed-jobs?${search}`
  const query = useQuery({
    queryKey: ['live', list],
    queryFn: ({ signal }) => client.send<FailedJobList>(list, { signal }),
    refetchInterval: isPaused ? false : askEveryMs,
  })
  return {
    data: query.data,
    staleSince: query.isError && query.dataUpdatedAt > 0 ? new Date(query.dataUpdatedAt) : null,
    problem: query.error === null ? null : asProblem(query.error),
    hasGone: false,
    retry: () => void query.refetch(),
    selection,
    list,
  }
}
