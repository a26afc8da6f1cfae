import { useMemo } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { PauseButton } from '../../panels/queue-pause/pause-button.tsx'
import { PauseNote } from '../../panels/queue-pause/pause-note.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'
import './queues.css'

/** Whether a queue is paused, by whom and until when, and the button that pauses or resumes it. */
export function usePauseColumn(): Column<Queue> {
  const { queues } = useMessages()
  return useMemo(
    () => ({
      id: 'pause',
      header: queues.pause,
      card: 'wide',
      render: (queue) => (
        <span className="queue-pause">
          {queue.paused === null ? null : (
            <span className="small muted" title={visibleText(queue.paused.reason ?? '')}>
              <PauseNote pause={queue.paused} />
              {queue.paused.reason === null ? null : <span className="cut">{visibleText(queue.paused.reason)}</span>}
            </span>
          )}
          <PauseButton queue={queue} isSmall />
        </span>
      ),
    }),
    [queues],
  )
}
