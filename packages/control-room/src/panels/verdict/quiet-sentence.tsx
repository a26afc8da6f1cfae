import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'

/** What is going on while nothing is wrong: the pace, and the longest wait. */
export function QuietSentence({ overview }: { readonly overview: Overview }) {
  const { verdict } = useMessages()
  const format = useFormat()
  const { throughputPerMinute, oldestWaitMs, processing } = overview.vitals
  if (throughputPerMinute === 0 && oldestWaitMs === null && processing === 0) return <span>{verdict.quietNothing}</span>
  const pace = format.compact(throughputPerMinute)
  return (
    <span>{oldestWaitMs === null ? verdict.quietIdle(pace) : verdict.quiet(pace, format.duration(oldestWaitMs))}</span>
  )
}
