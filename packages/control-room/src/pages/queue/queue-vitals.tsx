import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import { waitTone } from '../../panels/vital/wait-tone.ts'
import './queue-vitals.css'

interface QueueVitalsProps {
  readonly queue: Queue
  readonly isStale: boolean
}

/** The figures of one queue. */
export function QueueVitals({ queue, isStale }: QueueVitalsProps) {
  const { queues, overview } = useMessages()
  const { vitals: words } = overview
  const format = useFormat()
  const { column } = queues
  const { counts, timeToDrainMs } = queue
  const drain =
    counts.pending === 0
      ? undefined
      : timeToDrainMs === null
        ? queues.neverDrained
        : `${column.drain} ${format.duration(timeToDrainMs)}`
  return (
    <dl className="vitals" data-stale={isStale ? '' : undefined}>
      <Vital
        label={words.oldestWait}
        value={format.duration(queue.oldestWaitMs)}
        note={counts.pending === 0 ? words.nothingWaits : words.waiting(counts.pending)}
        tone={waitTone(queue.oldestWaitMs)}
      />
      <Vital
        label={words.throughput}
        value={format.compact(queue.throughputPerMinute)}
        unit={words.perMinute}
        note={drain}
      />
      <Vital
        label={queues.failureRatio}
        value={format.percent(queue.failureRatio)}
        note={words.failedHour(queue.failuresPerHour)}
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
