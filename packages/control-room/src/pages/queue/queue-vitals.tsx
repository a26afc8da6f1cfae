import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import './queue-vitals.css'

interface QueueVitalsProps {
  readonly queue: Queue
  readonly isStale: boolean
}

/** The figures of one queue. */
export function QueueVitals({ queue, isStale }: QueueVitalsProps) {
  const { queues, overview } = useMessages()
  const format = useFormat()
  const { column } = queues
  const { counts } = queue
  return (
    <dl className="vitals" data-stale={isStale ? '' : undefined}>
      <Vital
        label={column.oldest}
        value={format.duration(queue.oldestWaitMs)}
        note={overview.vitals.waiting(counts.pending)}
      />
      <Vital
        label={column.throughput}
        value={format.compact(queue.throughputPerMinute)}
        unit={overview.vitals.perMinute}
        note={`${column.drain} ${format.duration(queue.timeToDrainMs)}`}
      />
      <Vital
        label={queues.failureRatio}
        value={format.percent(queue.failureRatio)}
        note={overview.vitals.failedHour(queue.failuresPerHour)}
        tone={(queue.failureRatio ?? 0) > 0.05 ? 'failed' : undefined}
      />
      <Vital
        label={column.p95Run}
        value={format.duration(queue.p95RunMs)}
        note={`${column.p95Wait} ${format.duration(queue.p95WaitMs)}`}
      />
    </dl>
  )
}
