import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { usePermission } from '../../api/use-session.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { PauseDialog } from './pause-dialog.tsx'
import { useResumeQueue } from './use-queue-pause.ts'

interface PauseButtonProps {
  readonly queue: Queue
  /** As an icon alone, in a row. */
  readonly isSmall?: boolean
}

/** Pauses a queue after it has asked why and for how long; resumes it at once. Nothing for who may not. */
export function PauseButton({ queue, isSmall = false }: PauseButtonProps) {
  const { queues } = useMessages()
  const mayPause = usePermission('queue:pause')
  const [isAsked, setAsked] = useState(false)
  const resuming = useResumeQueue()
  if (!mayPause) return null
  const { queue: name, paused } = queue
  const shown = visibleText(name)
  const toggle = () => {
    if (paused === null) setAsked(true)
    else if (!resuming.isPending) resuming.mutate(name)
  }
  const icon = paused === null ? Pause : Play
  return (
    <>
      {isSmall ? (
        <IconButton
          icon={icon}
          label={paused === null ? queues.pauseOf(shown) : queues.resumeOf(shown)}
          aria-disabled={resuming.isPending}
          onClick={toggle}
        />
      ) : (
        <Button icon={icon} aria-disabled={resuming.isPending} onClick={toggle}>
          {paused === null ? queues.pause : queues.resume}
        </Button>
      )}
      {isAsked ? <PauseDialog queue={queue} onClose={() => setAsked(false)} /> : null}
    </>
  )
}
