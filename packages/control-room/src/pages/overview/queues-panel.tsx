import { Link } from 'wouter'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { byTrouble } from '../../panels/queue-table/queue-order.ts'
import { QueueTable } from '../../panels/queue-table/queue-table.tsx'
import { Panel } from '../../ui/panel.tsx'

const MOST = 8

/** The queues in the worst trouble. */
export function QueuesPanel({ queues }: { readonly queues: readonly Queue[] }) {
  const words = useMessages().overview.queues
  return (
    <Panel
      title={words.title}
      note={words.note}
      actions={
        <Link to="/queues" className="link">
          {words.all}
        </Link>
      }
    >
      <QueueTable queues={queues.slice(0, MOST)} sort={byTrouble} isBrief />
    </Panel>
  )
}
