import type { QueuePause } from '../../../../stellwerk/src/http/schemas/pause.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { TimeSince } from '../../ui/relative-time.tsx'
import { visibleText } from '../../ui/visible-text.ts'

/** Who paused a queue, since when, and until when. */
export function PauseNote({ pause }: { readonly pause: QueuePause }) {
  const { queues } = useMessages()
  const format = useFormat()
  const now = useNow(60_000)
  const [before, after] = queues.pausedSince('|').split('|')
  return (
    <>
      {queues.pausedBy(visibleText(pause.by))}, {before}
      <TimeSince at={pause.since} />
      {after}, {pause.until === null ? queues.pausedForever : queues.pausedUntil(format.recent(pause.until, now))}
    </>
  )
}
