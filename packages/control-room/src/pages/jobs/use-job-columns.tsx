import { useMemo } from 'react'
import { Link } from 'wouter'
import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'
import type { Messages } from '../../i18n/messages.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { queueOf } from '../../panels/job-list/queue-of.ts'
import { type OnAct, RowActions } from '../../panels/job-list/row-actions.tsx'
import { Duration } from '../../ui/duration.tsx'
import { Moment } from '../../ui/moment.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'

type Words = Messages['jobs']

function nameColumns(words: Words): Column<Job>[] {
  const { column, open } = words
  return [
    {
      id: 'id',
      header: column.id,
      card: 'plain',
      render: ({ id }) => (
        <Link className="link mono nowrap" href={`/jobs/${id}`} aria-label={open(id)}>
          {id}
        </Link>
      ),
    },
    { id: 'type', header: column.type, card: 'title', render: ({ type }) => <Name text={type} /> },
    { id: 'queue', header: column.queue, render: (job) => <Name text={queueOf(job, words)} /> },
    { id: 'status', header: column.status, card: 'plain', render: (job) => <Status job={job} /> },
  ]
}

function timeColumns({ column }: Words): Column<Job>[] {
  return [
    { id: 'created', header: column.created, render: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: 'started',
      header: column.started,
      card: 'hidden',
      render: ({ state, startedAt, claimedAt }) => (
        <Moment at={startedAt ?? (state === 'processing' ? claimedAt : null)} />
      ),
    },
    {
      id: 'finished',
      header: column.finished,
      card: 'hidden',
      isSpare: true,
      render: ({ finishedAt }) => <Moment at={finishedAt} />,
    },
    { id: 'duration', header: column.duration, align: 'end', render: (job) => <RunTime job={job} /> },
  ]
}

function restColumns(words: Words, onAct: OnAct): Column<Job>[] {
  const { column } = words
  return [
    {
      id: 'attempts',
      header: column.attempts,
      align: 'end',
      render: ({ triesBegun, tries }) => (
        <span className="nowrap" title={words.attempts(triesBegun, tries)}>
          {triesBegun}/{tries}
        </span>
      ),
    },
    {
      id: 'station',
      header: column.station,
      card: 'hidden',
      isSpare: true,
      render: ({ stationId }) => (stationId === null ? <Duration ms={null} /> : <Name text={stationId} isShort />),
    },
    {
      id: 'actions',
      header: column.actions,
      align: 'end',
      card: 'wide',
      render: ({ id, state }) => <RowActions id={id} state={state} onAct={onAct} />,
    },
  ]
}

/** Columns of the table of jobs. `onAct` has to stay the same function. */
export function useJobColumns(onAct: OnAct): readonly Column<Job>[] {
  const { jobs } = useMessages()
  return useMemo(() => [...nameColumns(jobs), ...timeColumns(jobs), ...restColumns(jobs, onAct)], [jobs, onAct])
}

function Name({ text, isShort = false }: { readonly text: string; readonly isShort?: boolean }) {
  return (
    <span className={isShort ? 'name name-short cut' : 'name cut'} title={visibleText(text)}>
      {visibleText(text)}
    </span>
  )
}

function Status({ job }: { readonly job: Job }) {
  return (
    <span className="row-status">
      <StateBadge state={job.state} />
      {job.state === 'processing' && job.progress !== null ? (
        <ProgressBar percent={job.progress} note={job.progressNote} />
      ) : null}
    </span>
  )
}

function RunTime({ job }: { readonly job: Job }) {
  const begun = job.startedAt ?? job.claimedAt
  if (job.state === 'processing' && begun !== null) return <TimeSince at={begun} />
  return <Duration ms={job.runMs} />
}
