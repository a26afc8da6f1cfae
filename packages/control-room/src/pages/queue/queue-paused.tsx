import { Pause } from 'lucide-react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { PauseNote } from '../../panels/queue-pause/pause-note.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import './queue-troubles.css'

/** Who paused the queue, why, and until when. Nothing while nobody has. */
export function QueuePaused({ queue: { paused } }: { readonly queue: Queue }) {
  if (paused === null) return null
  return (
    <section className="trouble tone-cancelled">
      <Pause size={18} aria-hidden="true" />
      <div>
        <p>
          <strong>
            <PauseNote pause={paused} />
          </strong>
        </p>
        {paused.reason === null ? null : <p>{visibleText(paused.reason)}</p>}
      </div>
    </section>
  )
}
