import { Hourglass, TriangleAlert } from 'lucide-react'
import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { WorkerBadge } from '../../ui/state-badge.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useWorkerWords } from './worker-words.ts'
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
  const workers = useWorkerWords()
  return (
    <span className="worker-health">
      <WorkerBadge status={worker.status} />
      {worker.ailments
        .filter(({ code }) => !said.includes(code))
        .map(({ code, detail }) => (
          <span key={code} className="ailment small tone-failed" title={visibleText(detail)}>
            <TriangleAlert size={12} aria-hidden="true" />
            {workers.ailments[code]}
          </span>
        ))}
      <PendingMark orders={pending} />
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
      {words.pendingMark(words.kind[order.kind])}
    </span>
  )
}
