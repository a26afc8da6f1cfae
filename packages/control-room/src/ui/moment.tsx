import { UNKNOWN } from '../i18n/formatters.ts'
import { useFormat } from '../i18n/messages-context.tsx'
import { useNow } from './clock.ts'

/** A point in time as short as it can be told: the time of today, or day and time; the whole of it on hover. null = not known. */
export function Moment({ at }: { readonly at: string | null }) {
  const format = useFormat()
  const now = useNow(60_000)
  if (at === null) return <span className="muted">{UNKNOWN}</span>
  return (
    <time className="nowrap" dateTime={at} title={format.dateTime(at)}>
      {format.recent(at, now)}
    </time>
  )
}
