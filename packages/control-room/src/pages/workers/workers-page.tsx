import { ChevronDown, ChevronRight, Server, TriangleAlert, Wrench } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { WorkerList } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { overviewTopic } from '../../api/live/topics.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useSearchValues } from '../../app/use-search-values.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { MaintenanceDialog } from '../../panels/maintenance/maintenance-dialog.tsx'
import { OrderMenu } from '../../panels/worker-orders/order-menu.tsx'
import { reachOf } from '../../panels/worker-orders/order-reach.ts'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { workersTopic } from '../../panels/workers/workers-topics.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { GroupPanel } from './group-panel.tsx'
import { OrdersPanel } from './orders-panel.tsx'
import { groupByMachine, groupByPool, machineName } from './worker-groups.ts'
import './workers.css'
import { visibleText } from '../../ui/visible-text.ts'
import { formFor, workersSearch } from './workers-search.ts'
import { WorkersStatistics } from './workers-statistics.tsx'

function NoWorker() {
  const workers = useWorkerWords()
  return (
    <EmptyState icon={Server} title={workers.empty} hint={workers.emptyHint}>
      <CodeBlock code={workers.command} label={workers.emptyHint} />
    </EmptyState>
  )
}

/** Nothing while it is on: the bar at the top ends it. */
function MaintenanceButton() {
  const { maintenance } = useMessages().shell
  const { data } = useLive(overviewTopic)
  const mayManage = usePermission('maintenance:manage')
  const [isAsked, setAsked] = useState(false)
  if (!mayManage || data === undefined) return null
  return (
    <>
      {data.maintenance === null ? (
        <Button icon={Wrench} onClick={() => setAsked(true)}>
          {maintenance.begin}
        </Button>
      ) : null}
      {isAsked ? <MaintenanceDialog isOn onClose={() => setAsked(false)} /> : null}
    </>
  )
}

function WorkersBar({ list, form }: { readonly list: WorkerList; readonly form: 'table' | 'grid' }) {
  const workers = useWorkerWords()
  const { by: byWords, form: formWords, orders } = workers
  const [{ by }, change] = useSearchValues(workersSearch)
  return (
    <div className="workers-bar">
      <Segments
        title={byWords.title}
        isTitleHidden
        value={by}
        options={[
          ['pool', byWords.pool],
          ['machine', byWords.machine],
        ]}
        onChange={(wished) => change({ by: wished }, { replace: true })}
      />
      <Segments
        title={formWords.title}
        isTitleHidden
        value={form}
        options={[
          ['table', formWords.table],
          ['grid', formWords.grid],
        ]}
        onChange={(wished) => change({ form: wished }, { replace: true })}
      />
      <div className="workers-acts">
        <OrderMenu
          target={{ all: true }}
          name={orders.target.all}
          reach={reachOf({ all: true }, list)}
          word={orders.toAll}
        />
        <MaintenanceButton />
      </div>
    </div>
  )
}

function Workers({ list }: { readonly list: WorkerList }) {
  const workers = useWorkerWords()
  const [{ by, form: chosen }] = useSearchValues(workersSearch)
  const [isPastShown, setPastShown] = useState(false)
  const { present, past } = by === 'pool' ? groupByPool(list) : groupByMachine(list)
  const form = formFor(chosen, list.workers.length)
  const { stations } = list
  const machineOf = useCallback(
    (id: string) => {
      const station = stations.find((one) => one.id === id)
      return station === undefined ? id.slice(0, 8) : machineName(station)
    },
    [stations],
  )
  const common = { list, form, machineOf }
  return (
    <>
      <WorkersStatistics statistics={list.statistics} />
      <WorkersBar list={list} form={form} />
      {present.length === 0 ? <NoWorker /> : null}
      {list.unfedQueues.length === 0 ? null : (
        <p className="workers-unfed tone-retrying">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{workers.unfed(list.unfedQueues.map(visibleText).join(', '))}</span>
        </p>
      )}
      {present.map((group, at) => (
        <GroupPanel key={group.key} group={group} isMain={at === 0} {...common} />
      ))}
      <OrdersPanel pending={list.orders} machineOf={machineOf} />
      {past.length === 0 ? null : (
        <div className="workers-past">
          <Button
            kind="quiet"
            icon={isPastShown ? ChevronDown : ChevronRight}
            aria-expanded={isPastShown}
            onClick={() => setPastShown(!isPastShown)}
          >
            {isPastShown ? workers.hidePast : workers.showPast(past.length)}
          </Button>
        </div>
      )}
      {isPastShown
        ? past.map((group) => <GroupPanel key={group.key} group={group} isMain={false} {...common} />)
        : null}
    </>
  )
}

function WorkersBody() {
  const { data, staleSince, problem, retry } = useLive(workersTopic)
  if (data === undefined)
    return problem === null ? <SkeletonRows rows={8} /> : <ProblemNote problem={problem} onRetry={retry} />
  return (
    <>
      {staleSince === null ? null : <StaleNote since={staleSince} onRetry={retry} />}
      <Workers list={data} />
    </>
  )
}

/** The workers by pool or by machine: what they do, how they are, and what they can be told. */
export function WorkersPage() {
  const workers = useWorkerWords()
  if (!usePermission('station:read')) return <ForbiddenPage permission="station:read" />
  return (
    <>
      <PageHeader title={workers.title} />
      <div className="page">
        <WorkersBody />
      </div>
    </>
  )
}
