import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { JobCounts } from '../../../../stellwerk/src/http/schemas/job-list.ts'
import { useApi } from '../../api/api-context.tsx'
import { useLiveMode } from '../../api/live/use-live-mode.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Count } from '../../ui/count.tsx'
import { jobIcons } from '../../ui/state-icons.ts'
import { jobTones } from '../../ui/tone.ts'
import { type JobsFilter, jobsPath, type TabState, tabStates } from './jobs-filter.ts'

const countEveryMs = 3_000

/** The states of jobs with how many are in each, as links to each. */
export function StateTabs({ filter }: { readonly filter: JobsFilter }) {
  const { jobs, filter: words, states } = useMessages()
  const counts = useCounts(filter)
  const tabs = useRef<HTMLElement>(null)
  const chosen = filter.states.join()
  const isCounted = counts !== undefined
  // On a phone the chosen tab may lie beyond the edge; with its count a tab is wider.
  useEffect(() => {
    if (!isCounted || chosen === '') return
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [chosen, isCounted])
  const total = counts === undefined ? null : tabStates.reduce((sum, state) => sum + counts[state], 0)
  return (
    <nav ref={tabs} className="tabs" aria-label={jobs.states}>
      <Link href={jobsPath({ ...filter, states: [] })} aria-current={filter.states.length === 0 ? 'page' : undefined}>
        {words.all} <TabCount value={total} />
      </Link>
      {tabStates.map((state) => (
        <Link
          key={state}
          className={`tone-${jobTones[state]}`}
          href={jobsPath({ ...filter, states: [state] })}
          aria-current={filter.states.includes(state) ? 'page' : undefined}
        >
          <TabIcon state={state} />
          {states.job[state]} <TabCount value={counts?.[state] ?? null} />
        </Link>
      ))}
    </nav>
  )
}

function TabIcon({ state }: { readonly state: TabState }) {
  const Icon = jobIcons[state]
  return <Icon size={13} aria-hidden="true" />
}

function TabCount({ value }: { readonly value: number | null }) {
  return <span className="tab-count">{value === null ? '' : <Count value={value} />}</span>
}

/** How many jobs of the filter's queue and types are in each state; other parts of the filter cannot be counted. */
function useCounts({ queue, types }: JobsFilter): JobCounts['counts'] | undefined {
  const { client } = useApi()
  const isPaused = useLiveMode() === 'paused'
  const search = new URLSearchParams()
  if (queue !== null) search.set('queue', queue)
  if (types.length > 0) search.set('type', types.join(','))
  const { data } = useQuery({
    queryKey: ['job-counts', String(search)],
    queryFn: ({ signal }) => client.send<JobCounts>(`/jobs/counts?${search}`, { signal }),
    refetchInterval: isPaused ? false : countEveryMs,
    placeholderData: (before) => before,
  })
  return data?.counts
}
