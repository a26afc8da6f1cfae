import { Pause } from 'lucide-react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { PauseButton } from '../../panels/queue-pause/pause-button.tsx'
import { PauseNote } from '../../panels/queue-pause/pause-note.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import './queue-troubles.css'

/** Who paused the queue, why, and until when. Nothing while nobody has. */
export function QueuePaused({ queue }: { readonly queue: Queue }) {
  const { shell } = useMessages()
  const { paused } = queue
  if (paused === null) return null
  return (
    <section className="trouble tone-cancelled">
      <Pause size={18} aria-hidden="true" />
      <div>
        <p>
          <strong>
            <PauseNote pause={paused} />
          </strong>
          {paused.reason === null ? '.' : shell.because(visibleText(paused.reason))}
        </p>
      </div>
      <PauseButton queue={queue} />
    </section>
  )
}
