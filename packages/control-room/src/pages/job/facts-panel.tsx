import { Link } from 'wouter'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import type { Formatters } from '../../i18n/formatters.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { type JobWords, useJobWords } from '../../panels/job-words/job-words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Fact, Facts } from '../../ui/fact.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { jobsPath } from '../jobs/jobs-filter.ts'

type PlainFact = readonly [name: string, value: string | number | null]

/** What is known about a job in figures. */
export function FactsPanel({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  const format = useFormat()
  const { facts } = words
  const known = figures(job, facts, format)
  return (
    <Panel title={facts.title}>
      <Facts>
        <Fact name={facts.uuid} className="mono job-fact-copy">
          {job.uuid}
          <CopyButton text={job.uuid} />
        </Fact>
        <Fact name={facts.queue}>
          <Link className="link" href={jobsPath({ queue: job.queue })}>
            {visibleText(job.queue)}
          </Link>
        </Fact>
        <Origin queue={job.originQueue} />
        <Fact name={facts.type}>
          <Link className="link" href={jobsPath({ types: [job.type] })}>
            {visibleText(job.type)}
          </Link>
        </Fact>
        <PlainFacts facts={plainFacts(job, facts)} />
        <Station job={job} />
        <WorkerFact job={job} />
        <Parent job={job} />
      </Facts>
      <h3 className="fact-list-head">{facts.times}</h3>
      <Facts>
        <Time name={facts.created} at={job.createdAt} />
        {job.runAt === job.createdAt ? null : <Time name={facts.runAt} at={job.runAt} />}
        <Time name={facts.claimed} at={job.claimedAt} />
        <Time name={facts.started} at={job.startedAt} />
        <Time name={facts.finished} at={job.finishedAt} />
        <Time name={facts.archived} at={job.archivedAt} by={job.archivedBy} />
      </Facts>
      {known.length === 0 ? null : (
        <>
          <h3 className="fact-list-head">{facts.performance}</h3>
          <Facts>
            <PlainFacts facts={known} />
          </Facts>
        </>
      )}
    </Panel>
  )
}

function plainFacts(job: JobDetail, facts: JobWords['facts']): readonly PlainFact[] {
  const notZero = (value: number): number | null => (value === 0 ? null : value)
  return [
    [facts.priority, job.priority],
    [facts.weight, notZero(job.weight)],
    [facts.attempts, `${job.triesBegun}/${job.tries}`],
    [facts.failures, notZero(job.failures)],
    [facts.crashes, notZero(job.crashes)],
    [facts.typeVersion, job.typeVersion > 1 ? job.typeVersion : null],
    [facts.run, job.runId],
    [facts.batch, job.batchId],
  ]
}

/** How its last attempt went, as far as it is known. */
function figures(job: JobDetail, facts: JobWords['facts'], format: Formatters): readonly PlainFact[] {
  const span = (ms: number | null): string | null => (ms === null ? null : format.duration(ms))
  const bytes = (count: number | null): string | null => (count === null ? null : format.bytes(count))
  const all: readonly PlainFact[] = [
    [facts.waited, span(job.waitMs)],
    [facts.ran, span(job.runMs)],
    [facts.cpu, span(job.cpuMs)],
    [facts.memory, bytes(job.memoryBytes)],
    [facts.memoryPeak, bytes(job.memoryPeakBytes)],
  ]
  return all.filter(([, value]) => value !== null)
}

function PlainFacts({ facts }: { readonly facts: readonly PlainFact[] }) {
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => (
      <Fact key={name} name={name}>
        {visibleText(String(value))}
      </Fact>
    ))
}

/** The host of a station where an attempt told it; else its id, to be copied. */
function Station({ job: { stationId, attempts } }: { readonly job: JobDetail }) {
  const { facts } = useJobWords()
  if (stationId === null) return null
  const host = attempts.findLast((attempt) => attempt.stationId === stationId)?.host ?? null
  return (
    <Fact name={facts.station} className={host === null ? 'mono job-fact-copy' : 'job-fact-copy'}>
      <span title={visibleText(stationId)}>{visibleText(host ?? stationId)}</span>
      <CopyButton text={stationId} />
    </Fact>
  )
}

function WorkerFact({ job: { workerId } }: { readonly job: JobDetail }) {
  const words = useJobWords()
  if (workerId === null) return null
  return (
    <Fact name={words.facts.worker}>
      <Link className="link mono" href={`/workers/${encodeURIComponent(workerId)}`}>
        {visibleText(workerId)}
      </Link>
    </Fact>
  )
}

function Origin({ queue }: { readonly queue: string | null }) {
  const words = useJobWords()
  if (queue === null) return null
  return (
    <Fact name={words.facts.originQueue}>
      <Link className="link" href={jobsPath({ queue })}>
        {visibleText(queue)}
      </Link>
    </Fact>
  )
}

function Parent({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  if (job.parentId === null) return null
  return (
    <Fact name={words.facts.parent}>
      <Link className="link mono" href={`/jobs/${job.parentId}`}>
        {job.parentId}
      </Link>
    </Fact>
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
    <Fact name={name} className={by === null ? 'nowrap' : undefined}>
      <Moment at={at} />{' '}
      <span className="muted small">
        <RelativeTime at={at} />
        {by === null ? null : ` · ${visibleText(by)}`}
      </span>
    </Fact>
  )
}
