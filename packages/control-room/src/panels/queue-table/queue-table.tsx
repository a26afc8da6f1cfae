import { useCallback, useMemo } from 'react'
import { useLocation } from 'wouter'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column, Sort } from '../../ui/table-column.ts'
import { orderQueues } from './queue-order.ts'
import { queuePath } from './queue-path.ts'
import './queue-table.css'
import { useQueueColumns } from './use-queue-columns.tsx'

interface QueueTableProps {
  readonly queues: readonly Queue[]
  readonly sort: Sort
  /** Without it the table stays in its order. */
  readonly onSort?: (sort: Sort) => void
  /** Fewer columns. */
  readonly isBrief?: boolean
  /** A further column, the last one. Keep it between renderings. */
  readonly last?: Column<Queue>
}

const keyOf = ({ queue }: Queue) => queue

/** Queues with what waits, runs and ends. */
export function QueueTable({ queues, sort, onSort, isBrief = false, last }: QueueTableProps) {
  const { queues: words } = useMessages()
  const [, navigate] = useLocation()
  const columns = useQueueColumns(isBrief, last)
  const rows = useMemo(() => orderQueues(queues, sort), [queues, sort])
  const open = useCallback((queue: Queue) => navigate(queuePath(queue.queue)), [navigate])
  const sorting = onSort === undefined ? {} : { sort, onSort }
  return (
    <Table caption={words.caption} columns={columns} rows={rows} rowKey={keyOf} onOpen={open} isMain {...sorting} />
  )
}
