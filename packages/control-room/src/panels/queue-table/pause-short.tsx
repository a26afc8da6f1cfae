import type { QueuePause } from '../../../../stellwerk/src/http/schemas/pause.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { visibleText } from '../../ui/visible-text.ts'

/** Who paused a queue, and until when where an end is set; why, on hover. */
export function PauseShort({ pause: { by, until, reason } }: { readonly pause: QueuePause }) {
  const { queues } = useMessages()
  const format = useFormat()
  const now = useNow(60_000)
  const words = [
    queues.pausedShort(visibleText(by)),
    ...(until === null ? [] : [queues.pausedUntil(format.recent(until, now))]),
  ]
  return (
    <span className="small muted" title={visibleText(reason ?? '')}>
      {words.join(', ')}
    </span>
  )
}
