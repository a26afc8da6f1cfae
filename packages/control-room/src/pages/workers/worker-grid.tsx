import { memo } from 'react'
import { Link } from 'wouter'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { shortId } from '../../panels/worker-orders/order-words.ts'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { workerIcons } from '../../ui/state-icons.ts'
import { workerTones } from '../../ui/tone.ts'
import { visibleText } from '../../ui/visible-text.ts'

interface CellProps {
  readonly id: string
  readonly status: Worker['status']
  readonly isHealthy: boolean
  /** The whole of it in words. */
  readonly words: string
  readonly running: number
  readonly capacity: number
}

const Cell = memo(function WorkerCell({ id, status, isHealthy, words, running, capacity }: CellProps) {
  const Icon = workerIcons[status]
  return (
    <li>
      <Link
        to={`/workers/${encodeURIComponent(id)}`}
        className={`worker-cell tone-${workerTones[status]}`}
        data-ill={isHealthy ? undefined : ''}
        aria-label={words}
        title={words}
      >
        <Icon size={12} strokeWidth={2.25} aria-hidden="true" />
        {running}/{capacity}
      </Link>
    </li>
  )
})

/** A small cell for each worker: its status, and how many of its slots are in use. */
export function WorkerGrid({ workers }: { readonly workers: readonly Worker[] }) {
  const { states } = useMessages()
  const words = useWorkerWords()
  return (
    <ul className="worker-grid">
      {workers.map(({ id, host, status, healthy, ailments, runningCount, concurrency }) => (
        <Cell
          key={id}
          id={id}
          status={status}
          isHealthy={healthy}
          running={runningCount}
          capacity={concurrency}
          words={[
            states.worker[status],
            `${runningCount}/${concurrency}`,
            shortId(id),
            visibleText(host),
            ...ailments.map(({ code }) => words.ailments[code]),
          ].join(', ')}
        />
      ))}
    </ul>
  )
}
