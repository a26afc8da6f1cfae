import { FileQuestion } from 'lucide-react'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { useLive } from '../../api/live/use-live.ts'
import { PageHeader } from '../../app/page-header.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { JobActions } from './job-actions.tsx'
import { JobHeader, JobVerdictLine } from './job-header.tsx'
import './job-page.css'
import { JobSections } from './job-sections.tsx'
import { jobTopic, type LiveJob } from './job-topic.ts'

/** Everything about one job, live. */
export function JobPage() {
  const { id = '' } = useParams<{ readonly id: string }>()
  return <JobView key={id} id={id} />
}

/** It stays readable when the job has gone and when the server is away. */
function JobView({ id }: { readonly id: string }) {
  const { job: words } = useMessages()
  const { data: job, problem, hasGone, staleSince, retry } = useLive(jobTopic(id))
  const isMissing = hasGone || problem?.code === 'JOB_NOT_FOUND' || problem?.code === 'PARAMETER_INVALID'
  if (job !== undefined) return <KnownJob job={job} hasGone={isMissing} staleSince={staleSince} onRetry={retry} />
  return (
    <>
      <PageHeader title={words.title(id)} back={{ to: '/jobs', title: words.back }} />
      <div className="page">
        {isMissing ? <MissingJob id={id} /> : null}
        {!isMissing && problem === null ? <SkeletonRows rows={8} /> : null}
        {!isMissing && problem !== null ? <ProblemNote problem={problem} onRetry={retry} /> : null}
      </div>
    </>
  )
}

interface KnownJobProps {
  readonly job: LiveJob
  readonly hasGone: boolean
  readonly staleSince: Date | null
  readonly onRetry: () => void
}

function KnownJob({ job, hasGone, staleSince, onRetry }: KnownJobProps) {
  const [isDeleted, setDeleted] = useState(false)
  const isOver = hasGone || isDeleted
  return (
    <>
      <JobHeader job={job} />
      <article className="page job-page">
        {isOver ? <GoneNote /> : null}
        <div className="job-top">
          <JobVerdictLine job={job} />
          {isOver ? null : <JobActions job={job} onDeleted={() => setDeleted(true)} />}
        </div>
        {staleSince === null || isOver ? null : <StaleNote since={staleSince} onRetry={onRetry} />}
        <div className="job-columns">
          <div className="job-main">
            <JobSections job={job} hasGone={isOver} />
          </div>
          <aside className="job-aside">
            <FactsPanel job={job} />
          </aside>
        </div>
      </article>
    </>
  )
}

function GoneNote() {
  const { job } = useMessages()
  return (
    <div className="job-gone tone-lost" role="status">
      <strong>{job.gone}.</strong> {job.goneHint}
    </div>
  )
}

function MissingJob({ id }: { readonly id: string }) {
  const { job } = useMessages()
  const looksRight = /^(\d{1,16}|[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12})$/i.test(id)
  return (
    <EmptyState icon={FileQuestion} title={looksRight ? job.missing(id) : job.wrongId(id)} hint={job.missingHint}>
      <Link className="link" href="/jobs">
        {job.back}
      </Link>
    </EmptyState>
  )
}
