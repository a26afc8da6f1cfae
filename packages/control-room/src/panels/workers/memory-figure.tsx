import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { shortId } from '../worker-orders/order-words.ts'
import { isPast, useWorkerWords } from './worker-words.ts'
import './worker-parts.css'

/** From then on its memory is trouble. */
const HIGH_SHARE = 0.8

/** The colours of a worker's memory: by how near it is to its limit. Pure. */
export function memoryTone(bytes: number, limit: number | null): 'processing' | 'retrying' | 'failed' {
  if (limit === null || limit === 0 || bytes < HIGH_SHARE * limit) return 'processing'
  return bytes < limit ? 'retrying' : 'failed'
}

/** Memory of a worker over the last minutes; the top of the line is its limit, where it has one. */
export function MemoryLine({ worker }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const { id, memoryBytes, memoryLimitBytes, memoryHistory } = worker
  const values = memoryHistory.length > 1 ? memoryHistory : [memoryBytes, memoryBytes]
  return (
    <Sparkline
      values={values}
      least={memoryLimitBytes ?? 1}
      label={workers.memoryLine(shortId(id))}
      tone={isPast(worker) ? 'cancelled' : memoryTone(memoryBytes, memoryLimitBytes)}
    />
  )
}

/** The same in a row, with its figures: the limit, or of when they are where the worker is gone. */
export function MemoryFigure({ worker }: { readonly worker: Worker }) {
  const workers = useWorkerWords()
  const format = useFormat()
  const { memoryBytes, memoryLimitBytes, beatAt } = worker
  const asOf = workers.asOf(format.recent(beatAt, useNow(60_000)))
  const limit = memoryLimitBytes === null ? null : workers.limit(format.bytes(memoryLimitBytes))
  return (
    <span className={`memory tone-${memoryTone(memoryBytes, memoryLimitBytes)}`}>
      <span className="memory-line" data-limited={memoryLimitBytes === null ? undefined : ''}>
        <MemoryLine worker={worker} />
      </span>
      <span className={isPast(worker) ? 'nowrap muted' : 'nowrap'}>
        {format.bytes(memoryBytes)}
        {limit === null || isPast(worker) ? null : <span className="muted small memory-limit">{limit}</span>}
      </span>
      {isPast(worker) ? <span className="muted small memory-as-of">{asOf}</span> : null}
    </span>
  )
}
