import { Layers } from 'lucide-react'
import { queuesTopic } from '../../api/live/topics.ts'
import { useLive } from '../../api/live/use-live.ts'
import { usePermission } from '../../api/use-session.ts'
import { ForbiddenPage } from '../../app/forbidden-page.tsx'
import { PageHeader } from '../../app/page-header.tsx'
import { useSearchValues } from '../../app/use-search-values.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { QueueTable } from '../../panels/queue-table/queue-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { queuesSearch } from './queues-search.ts'
import { usePauseColumn } from './use-pause-column.tsx'

function QueuesPanel() {
  const { queues } = useMessages()
  const { data, staleSince, problem, retry } = useLive(queuesTopic)
  const [{ sort }, change] = useSearchValues(queuesSearch)
  const last = usePauseColumn()
  if (data === undefined && problem !== null) return <ProblemNote problem={problem} onRetry={retry} />
  return (
    <Panel
      title={queues.title}
      note={data === undefined || data.queues.length === 0 ? undefined : queues.total(data.queues.length)}
      staleSince={staleSince}
      onRetry={retry}
    >
      {data === undefined ? <SkeletonRows rows={6} /> : null}
      {data?.queues.length === 0 ? <EmptyState icon={Layers} title={queues.empty} hint={queues.emptyHint} /> : null}
      {data !== undefined && data.queues.length > 0 ? (
        <QueueTable
          queues={data.queues}
          sort={sort}
          last={last}
          onSort={(wished) => change({ sort: wished }, { replace: true })}
        />
      ) : null}
    </Panel>
  )
}

/** Every queue, by default the one in the worst trouble first. */
export function QueuesPage() {
  const { queues } = useMessages()
  if (!usePermission('queue:read')) return <ForbiddenPage permission="queue:read" />
  return (
    <>
      <PageHeader title={queues.title} />
      <div className="page">
        <QueuesPanel />
      </div>
    </>
  )
}
