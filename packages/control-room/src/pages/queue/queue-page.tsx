import { Layers } from 'lucide-react'
import { Link } from 'wouter'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { queuesTopic } from '../../api/live/topics.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useLastSegment } from '../../app/use-last-segment.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { PauseButton } from '../../panels/queue-pause/pause-button.tsx'
import { jobsPath } from '../../panels/queue-table/queue-path.ts'
import { StateCounts } from '../../panels/state-counts/state-counts.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { QueueBadge } from '../../ui/state-badge.tsx'
import { QueueChart } from './queue-chart.tsx'
import { QueuePaused } from './queue-paused.tsx'
import { QueueTroubles } from './queue-troubles.tsx'
import { QueueVitals } from './queue-vitals.tsx'

interface QueueFiguresProps {
  readonly queue: Queue
  /** Time of the figures, ISO 8601. */
  readonly at: string
  readonly staleSince: Date | null
  readonly onRetry: () => void
}

function QueueFigures({ queue, at, staleSince, onRetry }: QueueFiguresProps) {
  const { queues } = useMessages()
  return (
    <>
      {staleSince === null ? null : <StaleNote since={staleSince} onRetry={onRetry} />}
      <QueuePaused queue={queue} />
      <QueueTroubles queue={queue} />
      <QueueVitals queue={queue} isStale={staleSince !== null} />
      <Panel
        title={queues.states}
        actions={
          <>
            <Link to={jobsPath(queue.queue)} className="link">
              {queues.showJobs}
            </Link>
            {queue.paused === null ? <PauseButton queue={queue} /> : null}
          </>
        }
      >
        <StateCounts counts={queue.counts} pathOf={(state) => jobsPath(queue.queue, state)} />
      </Panel>
      <QueueChart queue={queue} at={at} />
    </>
  )
}

function NoQueue({ name }: { readonly name: string }) {
  const { queues } = useMessages()
  return (
    <EmptyState icon={Layers} title={queues.oneEmpty(name)} hint={queues.oneEmptyHint}>
      <Link to="/queues" className="link">
        {queues.back}
      </Link>
    </EmptyState>
  )
}

function QueueBody({ name }: { readonly name: string }) {
  const { data, staleSince, problem, retry } = useLive(queuesTopic)
  if (data === undefined)
    return problem === null ? <SkeletonRows rows={6} /> : <ProblemNote problem={problem} onRetry={retry} />
  const queue = data.queues.find((one) => one.queue === name)
  if (queue === undefined) return <NoQueue name={name} />
  return <QueueFigures queue={queue} at={data.at} staleSince={staleSince} onRetry={retry} />
}

function QueueNote({ name }: { readonly name: string }) {
  const { data } = useLive(queuesTopic)
  const queue = data?.queues.find((one) => one.queue === name)
  // That it is paused stands below, with why.
  if (queue === undefined || (queue.paused !== null && queue.status !== 'running')) return null
  return <QueueBadge status={queue.status} />
}

/** One queue: what is wrong with it, its figures, its jobs by state. */
export function QueuePage() {
  const { queues } = useMessages()
  const name = useLastSegment()
  if (!usePermission('queue:read')) return <ForbiddenPage permission="queue:read" />
  return (
    <>
      <PageHeader title={name} back={{ to: '/queues', title: queues.back }} note={<QueueNote name={name} />} />
      <div className="page">
        <QueueBody name={name} />
      </div>
    </>
  )
}
