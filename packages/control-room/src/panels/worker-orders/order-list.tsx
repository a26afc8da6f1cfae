import { Check, Hourglass, type LucideIcon, OctagonX, TimerOff } from 'lucide-react'
import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { Badge } from '../../ui/badge.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Tone } from '../../ui/tone.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { ServerWords } from '../server-words/server-words.tsx'
import { useWorkerWords } from '../workers/worker-words.ts'
import './order-list.css'
import { orderText } from './order-words.ts'

const looks: Readonly<Record<WorkerOrder['state'], readonly [tone: Tone, icon: LucideIcon]>> = {
  pending: ['pending', Hourglass],
  done: ['completed', Check],
  refused: ['failed', OctagonX],
  expired: ['lost', TimerOff],
}

interface OrderListProps {
  readonly orders: readonly WorkerOrder[]
  /** Names the machine of a station. */
  readonly machineOf: (station: string) => string
}

/** Orders with who gave them, and what the station answered. */
export function OrderList({ orders, machineOf }: OrderListProps) {
  const { orders: words } = useWorkerWords()
  return (
    <ul className="order-list">
      {orders.map((order) => (
        <li key={order.id}>
          <Badge tone={looks[order.state][0]} icon={looks[order.state][1]} word={words.state[order.state]} />
          <span className="order-what">
            {orderText(order, words, machineOf)}
            {order.state === 'refused' && order.answer !== null ? (
              <span className="order-answer">
                {words.answer}{' '}
                <q>
                  <ServerWords text={order.answer} />
                </q>
              </span>
            ) : null}
            {order.state === 'expired' ? <span className="order-answer"> {words.expired}</span> : null}
          </span>
          <span className="small muted order-who">
            {words.by(visibleText(order.by.name))}, <RelativeTime at={order.givenAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
