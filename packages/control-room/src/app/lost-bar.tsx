import { Unplug } from 'lucide-react'
import { useApi } from '../api/api-context.tsx'
import { useLiveMode } from '../api/live/use-live-mode.ts'
import { useFormat, useMessages } from '../i18n/messages-context.tsx'
import { useNow } from '../ui/clock.ts'

function LostSpan() {
  const { live } = useApi()
  const { shell } = useMessages()
  const format = useFormat()
  useNow(1_000)
  const seconds = Math.floor((performance.now() - live.getState().lastAt) / 1_000)
  return shell.live.lost(format.duration(seconds * 1_000))
}

/** Says above the page that nothing arrives any more, and since when. */
export function LostBar() {
  const mode = useLiveMode()
  if (mode !== 'stale') return null
  return (
    <div className="lost-bar">
      <Unplug size={16} aria-hidden="true" />
      <LostSpan />
    </div>
  )
}
