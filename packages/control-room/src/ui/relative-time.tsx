import { useFormat, useMessages } from '../i18n/messages-context.tsx'
import { useNow } from './clock.ts'

const SOON_MS = 1_000

interface RelativeTimeProps {
  /** ISO 8601. */
  readonly at: string
}

/** How long ago, or in how long; the exact time on hover. Counts on by the one clock of the page. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const { shell } = useMessages()
  const format = useFormat()
  const when = Date.parse(at)
  const apart = useNow(1_000) - when
  const span = format.duration(Math.floor(Math.abs(apart) / 1_000) * 1_000)
  const words = Math.abs(apart) < SOON_MS ? shell.justNow : apart > 0 ? shell.ago(span) : shell.until(span)
  return (
    <time className="nowrap" dateTime={at} title={format.dateTime(when)}>
      {words}
    </time>
  )
}

/** The span since then, counted on by the one clock of the page. */
export function TimeSince({ at }: RelativeTimeProps) {
  const format = useFormat()
  const since = Math.max(0, useNow(1_000) - Date.parse(at))
  return <span className="nowrap">{format.duration(since < 10_000 ? since : Math.floor(since / 1_000) * 1_000)}</span>
}
