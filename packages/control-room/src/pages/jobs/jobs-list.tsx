import { Inbox } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useLive } from '../../api/live/use-live.ts'
import { serverNow } from '../../api/server-clock.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useSearchValues } from '../../app/use-search-values.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { FilterProblems } from '../../panels/filter-bar/filter-problems.tsx'
import { ListFrame, NoMatch, NothingFurther } from '../../panels/job-list/list-frame.tsx'
import { pageLength } from '../../panels/job-list/page-length.ts'
import { SelectionBar } from '../../panels/job-list/selection-bar.tsx'
import { useGatedRows } from '../../panels/job-list/use-gated-rows.ts'
import { useRowActs } from '../../panels/job-list/use-row-acts.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { focusedKey } from '../../ui/focused-key.ts'
import { type Keys, toggleAll } from '../../ui/selection.ts'
import { Table } from '../../ui/table.tsx'
import { jobsFilterKeys, jobsQuery, jobsSearch, readJobsFilter, tabStates } from './jobs-filter.ts'
import { JobsFilterBar } from './jobs-filter-bar.tsx'
import { jobsTopic } from './jobs-topic.ts'
import { StateTabs } from './state-tabs.tsx'
import { useJobColumns } from './use-job-columns.tsx'

const none: Keys = new Set()
const idOf = ({ id }: Job): string => id

/** The table of jobs with everything around it; what it shows is in the address. */
export function JobsList() {
  const { jobs } = useMessages()
  const [, navigate] = useLocation()
  const [{ q, cursor }, change] = useSearchValues(jobsSearch)
  const { filter, problems } = useMemo(() => readJobsFilter(q), [q])
  const topic = useJobsTopic(q, cursor)
  const live = useLive(topic)
  const gate = useGatedRows({ incoming: live.data?.jobs, list: topic.topic, limit: pageLength })
  const [keys, setKeys] = useChosen(q)
  const acts = useRowActs(gate.openNext)
  const columns = useJobColumns(acts.onRow)
  const ids = gate.rows.map(({ row }) => row.id)
  const askChosen = (action: JobAction) => acts.ask(action, { kind: 'jobs', ids: [...keys] })
  useShortcut('a', () => setKeys(toggleAll(keys, ids)))
  useShortcut('Escape', () => setKeys(none), keys.size > 0)
  useShortcut('r', () => {
    const focused = focusedKey()
    if (keys.size > 0) askChosen('retry')
    else if (focused !== null) acts.ask('retry', { kind: 'jobs', ids: [focused] })
  })
  const left = new Set(gate.rows.filter((entry) => entry.left).map(({ row }) => row.id))
  const open = useCallback(({ id }: Job) => navigate(`/jobs/${id}`), [navigate])
  return (
    <>
      <StateTabs filter={filter} />
      <JobsFilterBar text={q} filter={filter} onChange={(text) => change({ q: text, cursor: '' })} />
      <FilterProblems problems={problems} keys={jobsFilterKeys} states={tabStates} />
      <ListFrame
        page={live}
        gate={gate}
        cursor={cursor}
        onPage={(to) => change({ cursor: to })}
        note={useScanNote(live.data?.meta.scanned ?? null)}
        empty={cursor === '' ? <NoJobs hasFilter={q !== ''} /> : <NothingFurther />}
      >
        <Table
          caption={jobs.caption}
          columns={columns}
          rows={gate.rows.map(({ row }) => row)}
          rowKey={idOf}
          isFaded={({ id }) => left.has(id)}
          selection={{ keys, label: jobs.selectRow, labelAll: jobs.selectAll, onChange: setKeys }}
          onOpen={open}
          isMain
        />
      </ListFrame>
      <SelectionBar
        count={keys.size}
        offered={offeredFor(gate.rows.map(({ row }) => row).filter(({ id }) => keys.has(id)))}
        onAct={askChosen}
        onClear={() => setKeys(none)}
      />
      {acts.dialog}
    </>
  )
}

/** What is offered for chosen rows: to archive and to release where one of those that are seen can be. */
function offeredFor(chosen: readonly Job[]): readonly JobAction[] {
  const isEnded = ({ state }: Job): boolean => state === 'completed' || state === 'cancelled'
  const canArchive = chosen.some((job) => isEnded(job) && job.archivedAt === null)
  const canRelease = chosen.some(({ archivedAt }) => archivedAt !== null)
  return [
    'retry',
    'cancel',
    'prioritize',
    ...(canArchive ? (['archive'] as const) : []),
    ...(canRelease ? (['release'] as const) : []),
    'delete',
  ]
}

function NoJobs({ hasFilter }: { readonly hasFilter: boolean }) {
  const { jobs } = useMessages()
  if (hasFilter) return <NoMatch title={jobs.noMatch} clearTo="/jobs" />
  return <EmptyState icon={Inbox} title={jobs.empty} hint={jobs.emptyHint} />
}

/** How far a filter without an index looks; '' where it looks at everything. */
function useScanNote(scanned: number | null): string {
  const { jobs } = useMessages()
  const format = useFormat()
  return scanned === null ? '' : ` · ${jobs.scanned(format.number(scanned))}`
}

/** What the server is asked: relative times count from when the address was opened, so that the question stays the same. */
function useJobsTopic(q: string, cursor: string) {
  const { timeZone } = usePreferences()
  return useMemo(() => {
    const clock = { nowMs: serverNow(), zone: timeZone }
    return jobsTopic(jobsQuery(readJobsFilter(q).filter, clock), cursor)
  }, [q, cursor, timeZone])
}

/** Chosen rows; another filter lets go of them, another page does not. */
function useChosen(filter: string): [Keys, (keys: Keys) => void] {
  const [chosen, setChosen] = useState({ filter, keys: none })
  const keys = chosen.filter === filter ? chosen.keys : none
  const latest = useRef(filter)
  latest.current = filter
  return [keys, useCallback((next: Keys) => setChosen({ filter: latest.current, keys: next }), [])]
}
