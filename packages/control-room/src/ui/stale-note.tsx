import { Unplug } from 'lucide-react'
import { useFormat, useMessages } from '../i18n/messages-context.tsx'

/** Says that figures are old, since when, and offers to fetch them now. */
export function StaleNote({ since, onRetry }: { readonly since: Date; readonly onRetry: () => void }) {
  const { shell } = useMessages()
  const format = useFormat()
  return (
    <span className="stale-note">
      <Unplug size={14} aria-hidden="true" />
      {shell.asOf(format.time(since))}
      <button type="button" onClick={onRetry}>
        {shell.retry}
      </button>
    </span>
  )
}
