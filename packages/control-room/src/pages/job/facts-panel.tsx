import { Link } from 'wouter'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import type { Formatters } from '../../i18n/formatters.ts'
import type { Messages } from '../../i18n/messages.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { jobsPath } from '../jobs/jobs-filter.ts'

type Fact = readonly [name: string, value: string | number | null]

/** What is known about a job in figures. */
export function FactsPanel({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  const format = useFormat()
  const { facts } = words
  return (
    <Panel title={facts.title}>
      <dl className="job-facts">
        <div className="job-fact">
          <dt>{facts.uuid}</dt>
          <dd className="mono job-fact-copy">
            {job.uuid}
            <CopyButton text={job.uuid} />
          </dd>
        </div>
        <div className="job-fact">
          <dt>{facts.queue}</dt>
          <dd>
            <Link className="link" href={jobsPath({ queue: job.queue })}>
              {visibleText(job.queue)}
            </Link>
          </dd>
        </div>
        <div className="job-fact">
          <dt>{facts.type}</dt>
          <dd>
            <Link className="link" href={jobsPath({ types: [job.type] })}>
              {visibleText(job.type)}
            </Link>
          </dd>
        </div>
        <Facts facts={plainFacts(job, facts)} />
        <WorkerFact job={job} />
        <Parent job={job} />
      </dl>
      <h3 className="job-facts-head">{facts.times}</h3>
      <dl className="job-facts">
        <Time name={facts.created} at={job.createdAt} />
        {job.runAt === job.createdAt ? null : <Time name={facts.runAt} at={job.runAt} />}
        <Time name={facts.claimed} at={job.claimedAt} />
        <Time name={facts.started} at={job.startedAt} />
        <Time name={facts.finished} at={job.finishedAt} />
        <Time name={facts.archived} at={job.archivedAt} by={job.archivedBy} />
      </dl>
      <h3 className="job-facts-head">{facts.performance}</h3>
      <dl className="job-facts">
        <Facts facts={figures(job, facts, format)} />
      </dl>
    </Panel>
  )
}

function plainFacts(job: JobDetail, facts: Messages['job']['facts']): readonly Fact[] {
  const notZero = (value: number): number | null => (value === 0 ? null : value)
  return [
    [facts.priority, job.priority],
    [facts.weight, notZero(job.weight)],
    [facts.attempts, `${job.triesBegun} / ${job.tries}`],
    [facts.failures, notZero(job.failures)],
    [facts.crashes, notZero(job.crashes)],
    [facts.typeVersion, job.typeVersion > 1 ? job.typeVersion : null],
    [facts.station, job.stationId],
    [facts.run, job.runId],
    [facts.batch, job.batchId],
  ]
}

function figures(job: JobDetail, facts: Messages['job']['facts'], format: Formatters): readonly Fact[] {
  return [
    [facts.waited, format.duration(job.waitMs)],
    [facts.ran, format.duration(job.runMs)],
    [facts.cpu, format.duration(job.cpuMs)],
    [facts.memory, format.bytes(job.memoryBytes)],
    [facts.memoryPeak, format.bytes(job.memoryPeakBytes)],
  ]
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => (
      <div key={name} className="job-fact">
        <dt>{name}</dt>
        <dd>{visibleText(String(value))}</dd>
      </div>
    ))
}

function WorkerFact({ job: { workerId } }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  if (workerId === null) return null
  return (
    <div className="job-fact">
      <dt>{words.facts.worker}</dt>
      <dd>
        <Link className="link mono" href={`/workers/${encodeURIComponent(workerId)}`}>
          {visibleText(workerId)}
        </Link>
      </dd>
    </div>
  )
}

function Parent({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  if (job.parentId === null) return null
  return (
    <div className="job-fact">
      <dt>{words.facts.parent}</dt>
      <dd>
        <Link className="link mono" href={`/jobs/${job.parentId}`}>
          {job.parentId}
        </Link>
      </dd>
    </div>
  )
}

interface TimeProps {
  readonly name: string
  readonly at: string | null
  readonly by?: string | null
}

function Time({ name, at, by = null }: TimeProps) {
  if (at === null) return null
  return (
    <div className="job-fact">
      <dt>{name}</dt>
      <dd className="nowrap">
        <Moment at={at} />{' '}
        <span className="muted small">
          <RelativeTime at={at} />
          {by === null ? null : ` · ${visibleText(by)}`}
        </span>
      </dd>
    </div>
  )
}
