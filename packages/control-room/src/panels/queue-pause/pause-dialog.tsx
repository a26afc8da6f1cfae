import { useId, useState } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { asProblem } from '../../api/problem.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstFocus } from '../../ui/first-focus.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import '../act-dialog/act-dialog.css'
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
  const { queues, actions } = useMessages()
  const format = useFormat()
  const formId = useId()
  const [span, setSpan] = useState<Span>('0')
  const [reason, setReason] = useState('')
  const pausing = usePauseQueue(queue.queue, onClose)
  const { pending, retrying, processing } = queue.counts
  const buttons = (
    <>
      <Button onClick={onClose}>{actions.back}</Button>
      <Button kind="primary" type="submit" form={formId} aria-disabled={pausing.isPending}>
        {pausing.isPending ? actions.working : queues.pause}
      </Button>
    </>
  )
  return (
    <Dialog title={queues.pauseAsk(visibleText(queue.queue))} onClose={onClose} actions={buttons}>
      <form
        id={formId}
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!pausing.isPending) pausing.mutate({ reason: reason.trim(), forMs: Number(span) })
        }}
      >
        <p className="muted">{queues.pauseMeans(pending + retrying, processing)}</p>
        <TextField
          ref={firstFocus}
          label={queues.reason}
          hint={queues.reasonHint}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={setReason}
        />
        <div className="pause-span">
          <Segments
            title={queues.pauseFor}
            value={span}
            options={spans.map((ms) => [ms, ms === '0' ? queues.pauseForever : format.duration(Number(ms))])}
            onChange={setSpan}
          />
        </div>
        {pausing.error === null ? null : <ProblemNote problem={asProblem(pausing.error)} title={queues.pause} />}
      </form>
    </Dialog>
  )
}
