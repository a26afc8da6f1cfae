import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { OrderList } from '../../panels/worker-orders/order-list.tsx'
import { useOrderAnswers, useOrderList } from '../../panels/worker-orders/use-orders.ts'
import { useWorkerWords } from '../../panels/workers/worker-words.ts'
import { Panel } from '../../ui/panel.tsx'

const SHOWN = 10
const none: readonly WorkerOrder[] = []

interface OrdersPanelProps {
  /** Those without an answer, as the stream tells them. */
  readonly pending: readonly WorkerOrder[]
  readonly machineOf: (station: string) => string
}

/** What stations were told of late, and what they answered. */
export function OrdersPanel({ pending, machineOf }: OrdersPanelProps) {
  const { orders: words } = useWorkerWords()
  const { data } = useOrderList(pending)
  const orders = data?.orders ?? none
  useOrderAnswers(orders, machineOf)
  return (
    <Panel title={words.title} note={words.note}>
      {orders.length === 0 ? (
        <p className="workers-note">{words.none}</p>
      ) : (
        <OrderList orders={orders.slice(0, SHOWN)} machineOf={machineOf} />
      )}
    </Panel>
  )
}
