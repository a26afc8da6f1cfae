import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { BulkOperation, BulkOperationList } from '../../../../stellwerk/src/http/schemas/bulk-operation.ts'
import { useApi } from '../../api/api-context.tsx'
import { serverNow } from '../../api/server-clock.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { visibleText } from '../../ui/visible-text.ts'

const RUNNING_MS = 1_000
const QUIET_MS = 30_000
/** What has ended is news for so long. */
const NEWS_MS = 300_000

function isNews({ endedAt }: BulkOperation): boolean {
  return endedAt === null || serverNow() - Date.parse(endedAt) < NEWS_MS
}

/** Bulk actions that go on in the server, and those that ended of late until they are put away. Nothing where there are none. */
export function BulkOperations() {
  const { failed } = useMessages()
  const { client } = useApi()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const { data } = useQuery({
    queryKey: ['operations'],
    queryFn: ({ signal }) => client.send<BulkOperationList>('/operations', { signal }),
    refetchInterval: ({ state: { data: last } }) =>
      last?.operations.some(({ state }) => state === 'running') === true ? RUNNING_MS : QUIET_MS,
  })
  const shown = (data?.operations ?? []).filter((operation) => isNews(operation) && !hidden.has(operation.id))
  if (shown.length === 0) return null
  return (
    <section className="bulk-operations" aria-label={failed.bulk.title}>
      {shown.map((operation) => (
        <Operation
          key={operation.id}
          operation={operation}
          onHide={() => setHidden(new Set([...hidden, operation.id]))}
        />
      ))}
    </section>
  )
}

interface OperationProps {
  readonly operation: BulkOperation
  readonly onHide: () => void
}

function Operation({ operation, onHide }: OperationProps) {
  const { bulk } = useMessages().failed
  const format = useFormat()
  const { action, state, matched, changed, by, reason } = operation
  const isRunning = state === 'running'
  const isCut = state === 'stopped' || state === 'failed'
  const words = bulk[action]
  const count = format.number(changed)
  const all = format.number(matched)
  const who = visibleText(by)
  return (
    <div className={`bulk-operation tone-${isRunning ? 'processing' : state === 'done' ? 'completed' : 'retrying'}`}>
      <p role="status">
        {isRunning ? words.running(count, all, who) : isCut ? words.part(count, all, who) : words.done(count, who)}
        {isCut ? <span className="bulk-why">{bulk.stopped(bulk.reason[reason ?? ''] ?? bulk.failed)}</span> : null}
      </p>
      {isRunning ? (
        <ProgressBar percent={Math.floor((100 * changed) / Math.max(matched, changed, 1))} />
      ) : (
        <IconButton icon={X} label={bulk.hide} onClick={onHide} />
      )}
    </div>
  )
}
