import { Server } from 'lucide-react'
import { useMemo } from 'react'
import { Link } from 'wouter'
import type { WorkerDetail } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useLastSegment } from '../../app/use-last-segment.ts'
import { OrderList } from '../../panels/worker-orders/order-list.tsx'
import { OrderMenu } from '../../panels/worker-orders/order-menu.tsx'
import { pendingOrders, reachOf } from '../../panels/worker-orders/order-reach.ts'
import { shortId } from '../../panels/worker-orders/order-words.ts'
import { useOrderAnswers } from '../../panels/worker-orders/use-orders.ts'
import { AilmentMark, PendingMark } from '../../panels/workers/worker-health.tsx'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { workerTopic } from '../../panels/workers/workers-topics.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { WorkerBadge } from '../../ui/state-badge.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { RunningJobs } from './running-jobs.tsx'
import { WorkerFacts } from './worker-facts.tsx'
import { WorkerVitals } from './worker-vitals.tsx'
import './worker.css'

/** What one worker can be told. Its own station is all that has to be known of stations: it lives unless it was lost or has stopped. */
function WorkerMenu({ worker }: { readonly worker: WorkerDetail }) {
  const { orders: words } = useWorkerWords()
  const { id, station, status } = worker
  const target = { worker: id }
  const state = status === 'lost' ? 'lost' : 'alive'
  const reach = reachOf(target, {
    workers: [worker],
    pools: [],
    stations: [{ ...stationOf(worker), id: station, state }],
  })
  return <OrderMenu target={target} name={words.target.worker(shortId(id))} reach={reach} word={words.title} />
}

function stationOf({ host, pid, label, version, startedAt, runningCount }: WorkerDetail) {
  return { host, pid, label, version, startedAt, processing: runningCount, sharesLabel: false }
}

/** That it is healthy, or all that is wrong with it, with the figures behind it. */
function WorkerCondition({ worker: { healthy, ailments } }: { readonly worker: WorkerDetail }) {
  const words = useWorkerWords()
  if (healthy) return <span className="muted">{words.healthy}</span>
  return ailments.map((ailment) => <AilmentMark key={ailment.code} ailment={ailment} isWhole />)
}

function WorkerView({ worker, hasGone }: { readonly worker: WorkerDetail; readonly hasGone: boolean }) {
  const words = useWorkerWords()
  const { orders, host } = worker
  const machineOf = useMemo(() => () => host, [host])
  useOrderAnswers(orders, machineOf)
  return (
    <>
      {hasGone ? (
        <p className="worker-gone tone-lost" role="status">
          <strong>{words.gone}</strong> {words.goneHint}
        </p>
      ) : null}
      <div className="worker-top">
        <WorkerBadge status={worker.status} />
        <WorkerCondition worker={worker} />
        <PendingMark orders={pendingOrders(worker, orders)} />
        {hasGone ? null : <WorkerMenu worker={worker} />}
      </div>
      <WorkerVitals worker={worker} />
      <div className="worker-columns">
        <div className="worker-main">
          <RunningJobs worker={worker} />
          <Panel title={words.orders.title} note={words.orders.note}>
            {orders.length === 0 ? (
              <p className="worker-note">{words.orders.none}</p>
            ) : (
              <OrderList orders={orders} machineOf={machineOf} />
            )}
          </Panel>
        </div>
        <WorkerFacts worker={worker} />
      </div>
    </>
  )
}

function NoWorker({ id }: { readonly id: string }) {
  const words = useWorkerWords()
  return (
    <EmptyState icon={Server} title={words.missing(visibleText(id))} hint={words.missingHint}>
      <Link className="link" to="/workers">
        {words.back}
      </Link>
    </EmptyState>
  )
}

/** It stays readable when the worker has gone, and when the server is away. */
function WorkerBody({ id }: { readonly id: string }) {
  const { data, problem, hasGone, staleSince, retry } = useLive(workerTopic(id))
  const isMissing = hasGone || problem?.status === 404 || problem?.status === 400
  if (data === undefined) {
    if (isMissing) return <NoWorker id={id} />
    return problem === null ? <SkeletonRows rows={8} /> : <ProblemNote problem={problem} onRetry={retry} />
  }
  return (
    <>
      {staleSince === null || isMissing ? null : <StaleNote since={staleSince} onRetry={retry} />}
      <WorkerView worker={data} hasGone={isMissing} />
    </>
  )
}

/** One worker whole: how it is, what it runs, what it was told. */
export function WorkerPage() {
  const words = useWorkerWords()
  const id = useLastSegment()
  if (!usePermission('station:read')) return <ForbiddenPage permission="station:read" />
  return (
    <>
      <PageHeader title={id} back={{ to: '/workers', title: words.back }} />
      <div className="page">
        <WorkerBody key={id} id={id} />
      </div>
    </>
  )
}
