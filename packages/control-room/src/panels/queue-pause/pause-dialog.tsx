import { useState } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Segments } from '../../ui/segments.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { ReasonDialog } from '../reason-dialog/reason-dialog.tsx'
import './queue-pause.css'
import { usePauseQueue } from './use-queue-pause.ts'

const MINUTE_MS = 60_000
/** How long a queue may be paused by the form, in ms; `0` = until somebody resumes it. */
const spans = ['0', `${15 * MINUTE_MS}`, `${60 * MINUTE_MS}`, `${240 * MINUTE_MS}`, `${1_440 * MINUTE_MS}`] as const
type Span = (typeof spans)[number]

interface PauseDialogProps {
  readonly queue: Queue
  readonly onClose: () => void
}

/** Asks why and for how long, and says what a pause of this queue means. */
export function PauseDialog({ queue, onClose }: PauseDialogProps) {
  const { queues } = useMessages()
  const format = useFormat()
  const [span, setSpan] = useState<Span>('0')
  const pausing = usePauseQueue(queue.queue, onClose)
  const { pending, retrying, processing } = queue.counts
  return (
    <ReasonDialog
      title={queues.pauseAsk(visibleText(queue.queue))}
      means={queues.pauseMeans(pending, retrying, processing)}
      confirm={queues.pause}
      reason={{ label: queues.reason, hint: queues.reasonHint }}
      change={pausing}
      onClose={onClose}
      onSubmit={(reason) => pausing.mutate({ reason, forMs: Number(span) })}
    >
      <div className="pause-span">
        <Segments
          title={queues.pauseFor}
          value={span}
          options={spans.map((ms) => [ms, ms === '0' ? queues.pauseForever : format.duration(Number(ms))])}
          onChange={setSpan}
        />
      </div>
    </ReasonDialog>
  )
}
