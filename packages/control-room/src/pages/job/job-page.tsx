import { useQuery } from '@tanstack/react-query'
import { FileQuestion } from 'lucide-react'
import { useState } from 'react'
import { Link, Redirect } from 'wouter'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useApi } from '../../api/api-context.tsx'
import { useLive } from '../../api/live/use-live.ts'
import { asProblem } from '../../api/problem.ts'
import { PageHeader } from '../../app/page-header.tsx'
import { useLastSegment } from '../../app/use-last-segment.ts'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { DeadLetterNote } from './dead-letter-note.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { JobActions } from './job-actions.tsx'
import { JobHeader, JobNumber, JobProgress, JobVerdictLine } from './job-header.tsx'
import './job-page.css'
import { JobSections } from './job-sections.tsx'
import { jobTopic, type LiveJob } from './job-topic.ts'
import { useCancelWish } from './use-cancel-wish.ts'

/** Everything about one job, live; a uuid leads to the job's id. */
export function JobPage() {
  const id = useLastSegment()
  if (/^[1-9]\d{0,15}$/.test(id)) return <JobView key={id} id={id} />
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? <JobOfUuid uuid={id} /> : <NoJob id={id} />
}

function JobOfUuid({ uuid }: { readonly uuid: string }) {
  const words = useJobWords()
  const { client } = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['uuid', uuid],
    queryFn: ({ signal }) => client.send<JobDetail>(`/jobs/${uuid}`, { signal }),
  })
  if (data !== undefined) return <Redirect to={`/jobs/${data.id}`} replace />
  const problem = error === null ? null : asProblem(error)
  if (problem?.code === 'JOB_NOT_FOUND') return <NoJob id={uuid} />
  return (
    <>
      <PageHeader title={words.title(uuid)} back={{ to: '/jobs', title: words.back }} />
      <div className="page">
        {problem === null ? (
          <SkeletonRows rows={8} />
        ) : (
          <ProblemNote problem={problem} onRetry={() => void refetch()} />
        )}
      </div>
    </>
  )
}

/** It stays readable when the job has gone and when the server is away. */
function JobView({ id }: { readonly id: string }) {
  const words = useJobWords()
  const { data: job, problem, hasGone, staleSince, retry } = useLive(jobTopic(id))
  const isMissing = hasGone || problem?.code === 'JOB_NOT_FOUND'
  if (job !== undefined) return <KnownJob job={job} hasGone={isMissing} staleSince={staleSince} onRetry={retry} />
  if (isMissing) return <NoJob id={id} />
  return (
    <>
      <PageHeader title={words.title(id)} back={{ to: '/jobs', title: words.back }} />
      <div className="page">
        {problem === null ? <SkeletonRows rows={8} /> : <ProblemNote problem={problem} onRetry={retry} />}
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
  const wish = useCancelWish(job)
  return (
    <>
      <JobHeader job={job} />
      <article className="page job-page">
        {isOver ? <GoneNote /> : null}
        <div className="job-top">
          <JobVerdictLine job={job} wish={wish} />
          <JobNumber id={job.id} />
          {isOver ? null : <JobActions job={job} wish={wish} onDeleted={() => setDeleted(true)} />}
        </div>
        <JobProgress job={job} />
        <DeadLetterNote job={job} />
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
  const job = useJobWords()
  return (
    <div className="job-gone tone-lost" role="status">
      <strong>{job.gone}.</strong> {job.goneHint}
    </div>
  )
}

function NoJob({ id }: { readonly id: string }) {
  const words = useJobWords()
  const looksRight = /^[\da-f-]+$/i.test(id)
  return (
    <>
      <PageHeader title={words.title(id)} back={{ to: '/jobs', title: words.back }} />
      <div className="page">
        <EmptyState
          icon={FileQuestion}
          title={looksRight ? words.missing(id) : words.wrongId(id)}
          hint={words.missingHint}
        >
          <Link className="link" href="/jobs">
            {words.back}
          </Link>
        </EmptyState>
      </div>
    </>
  )
}
