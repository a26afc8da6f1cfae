import type { WorkerOrder } from '../../domain/worker/worker-order.ts'
import type { Log } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'
import type { StationControl } from '../station-control.ts'

/** An order is seen within this; a wake-up makes it sooner. */
const intervalMs = 1_000
/** However often stations are woken, orders are not looked for more often. */
const leastMs = 100

/** What an order-taker needs. */
export interface OrderTakerOptions {
  readonly store: Pick<Store, 'orders' | 'wake'>
  readonly control: StationControl
  readonly ownId: () => string
  readonly log: Log
  readonly failures: FailureLog
  /** The workers may be doing something else now. */
  readonly onDone: () => void
}

/** Does what this station is told, one order after the other, and answers each. */
export function createOrderTaker(options: OrderTakerOptions): PeriodicService {
  const { store, control, ownId, log, failures, onDone } = options
  /** Answers that could not be stored: an order is never done twice. */
  const owed = new Map<number, Answer>()
  return new PeriodicService({
    name: 'order-taker',
    intervalMs,
    leastMs,
    wake: store.wake,
    failures,
    pass: async (signal) => {
      for (const order of await store.orders.pending(ownId())) {
        if (signal.aborted && !owed.has(order.id)) return
        const answer = owed.get(order.id) ?? (await apply(control, order))
        owed.set(order.id, answer)
        await store.orders.answer(order.id, answer)
        owed.delete(order.id)
        onDone()
        log.info('an order was answered', {
          order: order.id,
          kind: order.kind,
          by: order.byName,
          state: answer.state,
          answer: answer.answer,
        })
      }
    },
  })
}

type Answer = Awaited<ReturnType<StationControl['apply']>>

async function apply(control: StationControl, order: WorkerOrder): Promise<Answer> {
  try {
    return await control.apply(order)
  } catch (error) {
    return { state: 'refused', answer: error instanceof Error ? error.message : String(error) }
  }
}
