import { CircleCheck } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { FailedJob } from '../../../../stellwerk/src/http/schemas/failed-job.ts'
import type { JobAction } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useLive } from '../../api/live/use-live.ts'
import { serverNow } from '../../api/server-clock.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useSearchValues } from '../../app/use-search-values.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
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
import { AllMatching } from './all-matching.tsx'
import {
  type FailedSelection,
  failedFilterKeys,
  failedSearch,
  failedSelection,
  readFailedFilter,
} from './failed-filter.ts'
import { FailedFilterBar } from './failed-filter-bar.tsx'
import { failedTopic } from './failed-topic.ts'
import { useFailedColumns } from './use-failed-columns.tsx'

const none: Keys = new Set()
const idOf = ({ id }: FailedJob): string => id

/** The table of failures with everything around it; what it shows is in the address. */
export function FailedList() {
  const { failed, jobs } = useMessages()
  const [, navigate] = useLocation()
  const [{ q, cursor }, changeSearch] = useSearchValues(failedSearch)
  const { filter, problems } = useMemo(() => readFailedFilter(q), [q])
  const selection = useSelection(q)
  const topic = failedTopic(selection, cursor)
  const page = useLive(topic)
  const gate = useGatedRows({ incoming: page.data?.jobs, list: topic.topic, limit: pageLength })
  const [keys, setKeys] = useState(none)
  const acts = useRowActs(gate.openNext)
  const columns = useFailedColumns(acts.onRow)
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
  const open = useCallback(({ id }: FailedJob) => navigate(`/jobs/${id}`), [navigate])
  const search = (text: string) => {
    setKeys(none)
    changeSearch({ q: text, cursor: '' })
  }
  return (
    <>
      <FailedFilterBar text={q} filter={filter} onChange={search} />
      <FilterProblems problems={problems} keys={failedFilterKeys} />
      <ListFrame
        page={page}
        gate={gate}
        cursor={cursor}
        onPage={(to) => changeSearch({ cursor: to })}
        empty={cursor === '' ? <NoFailures hasFilter={q !== ''} /> : <NothingFurther />}
      >
        <AllMatching
          selection={selection}
          data={page.data}
          isUnclear={problems.length > 0}
          hasFilter={q !== ''}
          onAct={acts.ask}
        />
        <Table
          caption={failed.caption}
          columns={columns}
          rows={gate.rows.map(({ row }) => row)}
          rowKey={idOf}
          isFaded={({ id }) => left.has(id)}
          selection={{ keys, label: jobs.selectRow, labelAll: jobs.selectAll, onChange: setKeys }}
          onOpen={open}
          isMain
        />
      </ListFrame>
      <SelectionBar count={keys.size} offered={['retry', 'delete']} onAct={askChosen} onClear={() => setKeys(none)} />
      {acts.dialog}
    </>
  )
}

/** What the server is asked: relative times count from when the address was opened, so that the question stays the same. */
function useSelection(q: string): FailedSelection {
  const { timeZone } = usePreferences()
  return useMemo(
    () => failedSelection(readFailedFilter(q).filter, { nowMs: serverNow(), zone: timeZone }),
    [q, timeZone],
  )
}

function NoFailures({ hasFilter }: { readonly hasFilter: boolean }) {
  const { failed } = useMessages()
  if (hasFilter) return <NoMatch title={failed.noMatch} clearTo="/failed" />
  return <EmptyState icon={CircleCheck} title={failed.empty} hint={failed.emptyHint} />
}
