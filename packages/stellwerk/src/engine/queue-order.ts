import type { WorkOptions } from '../client/work-options.ts'
import type { QueueOrder } from '../domain/queue/plan-claims.ts'

type Queues = NonNullable<WorkOptions['queues']>

/** How a station serves the queues it was given: a list is strict order, a record has weights, `*` stands for all. */
export function queueOrderOf(queues: Queues): QueueOrder {
  if (isList(queues)) return queues.includes('*') ? { order: 'all' } : { order: 'strict', names: queues }
  return { order: 'weighted', weights: new Map(Object.entries(queues)) }
}

/** As {@link queueOrderOf}, where `*` stands for what nobody else names. */
export function queueOrderBeside(queues: Queues, others: ReadonlySet<string>): QueueOrder {
  const order = queueOrderOf(queues)
  return order.order === 'all' ? { order: 'all', except: others } : order
}

/** The names of the queues it was given. */
export function queueNamesOf(queues: Queues): readonly string[] {
  return isList(queues) ? queues : Object.keys(queues)
}

function isList(queues: Queues): queues is readonly string[] {
  return Array.isArray(queues)
}
