import { overviewTopic } from '../../api/live/topics.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { FailuresPanel } from './failures-panel.tsx'
import { FirstSteps } from './first-steps.tsx'
import { isFirstRun } from './is-first-run.ts'
import './overview.css'
import { VerdictBar } from '../../panels/verdict/verdict-bar.tsx'
import { OverviewSkeleton } from './overview-skeleton.tsx'
import { QueuesPanel } from './queues-panel.tsx'
import { RunningPanel } from './running-panel.tsx'
import { StatesPanel } from './states-panel.tsx'
import { ThroughputPanel } from './throughput-panel.tsx'
import { Vitals } from './vitals.tsx'

function OverviewBody() {
  const { data, staleSince, problem, retry } = useLive(overviewTopic)
  if (data === undefined)
    return problem === null ? <OverviewSkeleton /> : <ProblemNote problem={problem} onRetry={retry} />
  if (isFirstRun(data)) return <FirstSteps overview={data} />
  return (
    <div className="overview" data-stale={staleSince === null ? undefined : ''}>
      {staleSince === null ? null : <StaleNote since={staleSince} onRetry={retry} />}
      <VerdictBar overview={data} />
      <Vitals overview={data} />
      <div className="overview-charts">
        <ThroughputPanel sparklines={data.sparklines} at={data.at} />
        <StatesPanel counts={data.counts} />
      </div>
      <QueuesPanel queues={data.queues} />
      <div className="overview-pair">
        <RunningPanel running={data.running} />
        <FailuresPanel failures={data.failures} />
      </div>
    </div>
  )
}

/** The first five seconds: how the whole is, its vital figures, and where the trouble is. */
export function OverviewPage() {
  const { overview } = useMessages()
  if (!usePermission('queue:read')) return <ForbiddenPage permission="queue:read" />
  return (
    <>
      <PageHeader title={overview.title} />
      <div className="page">
        <OverviewBody />
      </div>
    </>
  )
}
