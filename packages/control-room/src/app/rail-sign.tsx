import { overviewTopic } from '../api/live/topics.ts'
import { useLive } from '../api/live/use-live.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Count } from '../ui/count.tsx'
import { verdictTones } from '../ui/tone.ts'
import type { PageLink } from './page-links.ts'

function VerdictDot() {
  const { states } = useMessages()
  const { data } = useLive(overviewTopic)
  if (data === undefined || data.verdict.state === 'quiet') return null
  const { state } = data.verdict
  return (
    <span className={`rail-sign tone-${verdictTones[state]}`} data-dot>
      <span className="unseen">{states.verdict[state]}</span>
    </span>
  )
}

function FailedCount() {
  const { shell } = useMessages()
  const { data } = useLive(overviewTopic)
  const failed = data?.counts.failed ?? 0
  if (failed === 0) return null
  return (
    <span className="rail-sign">
      <span aria-hidden="true">
        <Count value={failed} />
      </span>
      <span className="unseen">{shell.failedCount(failed)}</span>
    </span>
  )
}

/** What a page's link says beside its name: the verdict, how many jobs have failed. */
export function RailSign({ page }: { readonly page: PageLink['name'] }) {
  if (page === 'overview') return <VerdictDot />
  if (page === 'failed') return <FailedCount />
  return null
}
