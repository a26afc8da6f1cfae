import { Hourglass, TriangleAlert } from 'lucide-react'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { WorkerBadge } from '../../ui/state-badge.tsx'
import { useServerWords } from '../server-words/use-server-words.ts'
import { capital, useWorkerWords } from './worker-words.ts'
import './worker-parts.css'

/** What the badge says already. */
const said: readonly string[] = ['lost', 'ended']

interface WorkerHealthProps {
  readonly worker: Worker
  /** For it, without an answer yet. */
  readonly pending: readonly WorkerOrder[]
}

/** What a worker is doing, why it is not healthy, and what it was told without an answer yet. */
export function WorkerHealth({ worker, pending }: WorkerHealthProps) {
  return (
    <span className="worker-health">
      <WorkerBadge status={worker.status} />
      {worker.ailments
        .filter(({ code }) => !said.includes(code))
        .map((ailment) => (
          <AilmentMark key={ailment.code} ailment={ailment} />
        ))}
      <PendingMark orders={pending} />
    </span>
  )
}

interface AilmentMarkProps {
  readonly ailment: Worker['ailments'][number]
  /** The figures behind it stand beside it; else they are told on hover. */
  readonly isWhole?: boolean
}

/** One thing that is wrong with a worker. */
export function AilmentMark({ ailment: { code, detail }, isWhole = false }: AilmentMarkProps) {
  const workers = useWorkerWords()
  const figures = useServerWords()(detail)
  return (
    <span
      className="ailment small tone-failed"
      data-whole={isWhole || undefined}
      title={isWhole ? undefined : figures.text}
    >
      <TriangleAlert size={12} aria-hidden="true" />
      <span>
        {capital(workers.ailments[code])}
        {isWhole ? (
          <span className="ailment-detail">
            {' '}
            (<span lang={figures.lang}>{figures.text}</span>)
          </span>
        ) : null}
      </span>
    </span>
  )
}

/** What was ordered last and has no answer yet. */
export function PendingMark({ orders: [order] }: { readonly orders: readonly WorkerOrder[] }) {
  const { orders: words } = useWorkerWords()
  if (order === undefined) return null
  return (
    <span className="ailment small tone-pending">
      <Hourglass size={12} aria-hidden="true" />
      {words.ordered[order.kind]}
    </span>
  )
}
