import type { WorkOptions } from '../client/work-options.ts'
import type { QueueOrder } from '../domain/queue/plan-claims.ts'

/** Queues in strict order, or with weights. */
export type QueueChoice = readonly string[] | Readonly<Record<string, number>>

/** What was given, one queue as a list of it, nothing as all. */
export function queueChoiceOf(given: WorkOptions['queues']): QueueChoice {
  return typeof given === 'string' ? [given] : (given ?? ['*'])
}

/** How a station serves the queues it was given: a list is strict order, a record has weights, `*` stands for all. */
export function queueOrderOf(queues: QueueChoice): QueueOrder {
  if (isList(queues)) return queues.includes('*') ? { order: 'all' } : { order: 'strict', names: queues }
  return { order: 'weighted', weights: new Map(Object.entries(queues)) }
}

/** As {@link queueOrderOf}, where `*` stands for what nobody else names. */
export function queueOrderBeside(queues: QueueChoice, others: ReadonlySet<string>): QueueOrder {
  const order = queueOrderOf(queues)
  return order.order === 'all' ? { order: 'all', except: others } : order
}

/** The names of the queues it was given. */
export function queueNamesOf(queues: QueueChoice): readonly string[] {
  return isList(queues) ? queues : Object.keys(queues)
}

function isList(queues: QueueChoice): queues is readonly string[] {
  return Array.isArray(queues)
}
