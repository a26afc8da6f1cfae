import { useMemo } from 'react'
import { Link } from 'wouter'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import type { Messages } from '../../i18n/messages.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Count } from '../../ui/count.tsx'
import { Duration } from '../../ui/duration.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { PausedBadge, QueueBadge } from '../../ui/state-badge.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { PauseShort } from './pause-short.tsx'
import { jobsPath, queuePath } from './queue-path.ts'

type Words = Messages['queues']

function nameColumns({ column }: Words): Column<Queue>[] {
  return [
    {
      id: 'queue',
      header: column.queue,
      isSortable: true,
      card: 'title',
      render: ({ queue }) => (
        <Link to={queuePath(queue)} className="link queue-name">
          {visibleText(queue)}
        </Link>
      ),
    },
    {
      id: 'status',
      header: column.status,
      isSortable: true,
      card: 'plain',
      render: ({ status, paused }) => (
        <span className="queue-status">
          {paused === null ? null : <PausedBadge />}
          {paused === null ? null : <PauseShort pause={paused} />}
          {paused === null || status === 'running' || status === 'stuck' ? <QueueBadge status={status} /> : null}
        </span>
      ),
    },
  ]
}

function jobLink(queue: string, state: 'pending' | 'processing', value: number) {
  return value === 0 ? (
    <span className="muted">0</span>
  ) : (
    <Link to={jobsPath(queue, state)} className="link">
      <Count value={value} />
    </Link>
  )
}

function nowColumns({ column, hint }: Words): Column<Queue>[] {
  const figure = { align: 'end', isSortable: true } as const
  return [
    {
      ...figure,
      id: 'waiting',
      header: column.waiting,
      hint: hint.waiting,
      render: ({ queue, counts }) => jobLink(queue, 'pending', counts.pending),
    },
    {
      ...figure,
      id: 'oldest',
      header: column.oldest,
      card: 'wide',
      render: ({ oldestWaitMs }) => <Duration ms={oldestWaitMs} />,
    },
    {
      ...figure,
      id: 'processing',
      header: column.processing,
      render: ({ queue, counts }) => jobLink(queue, 'processing', counts.processing),
    },
    {
      ...figure,
      id: 'throughput',
      header: column.throughput,
      hint: hint.throughput,
      render: ({ throughputPerMinute }) => <Count value={throughputPerMinute} isQuiet />,
    },
    {
      ...figure,
      id: 'failures',
      header: column.failures,
      hint: hint.failures,
      render: ({ failuresPerHour }) => (
        <span className={failuresPerHour === 0 ? 'muted' : 'queue-failures'}>
          <Count value={failuresPerHour} />
        </span>
      ),
    },
  ]
}

function paceColumns({ column, hint }: Words): Column<Queue>[] {
  const figure = { align: 'end', isSortable: true, card: 'hidden' } as const
  return [
    {
      ...figure,
      id: 'p95Wait',
      isSpare: true,
      header: column.p95Wait,
      render: ({ p95WaitMs }) => <Duration ms={p95WaitMs} />,
    },
    {
      ...figure,
      id: 'p95Run',
      isSpare: true,
      header: column.p95Run,
      render: ({ p95RunMs }) => <Duration ms={p95RunMs} />,
    },
    {
      ...figure,
      id: 'drain',
      header: column.drain,
      hint: hint.drain,
      render: ({ counts, timeToDrainMs }) => {
        return timeToDrainMs === null && counts.pending > 0 ? (
          column.never
        ) : (
          <Duration ms={counts.pending === 0 ? null : timeToDrainMs} />
        )
      },
    },
    {
      ...figure,
      id: 'stations',
      isSpare: true,
      header: column.stations,
      hint: hint.stations,
      render: ({ stations }) => <Count value={stations} />,
    },
  ]
}

function lineColumn({ column, ended }: Words): Column<Queue> {
  return {
    id: 'sparkline',
    header: column.sparkline,
    card: 'wide',
    render: ({ queue, sparkline }) => (
      <span className="queue-line">
        <Sparkline values={sparkline} label={`${queue}: ${ended}`} tone="processing" />
      </span>
    ),
  }
}

/** Columns of tables of queues: all, or those that the overview has room for; `last` stands after them. */
export function useQueueColumns(isBrief: boolean, last: Column<Queue> | undefined): readonly Column<Queue>[] {
  const { queues } = useMessages()
  return useMemo(() => {
    const pace = paceColumns(queues)
    const wanted = isBrief ? pace.filter(({ id }) => id === 'p95Wait' || id === 'drain') : pace
    const columns = [...nameColumns(queues), ...nowColumns(queues), ...wanted, lineColumn(queues)]
    return last === undefined ? columns : [...columns, last]
  }, [queues, isBrief, last])
}
