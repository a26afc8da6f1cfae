import type { QueueOrder } from '../domain/queue/plan-claims.ts'
import type { BalanceKind } from '../domain/worker/balance.ts'
import { type QueueChoice, queueNamesOf, queueOrderBeside } from '../engine/queue-order.ts'

/** Weights of queues that change while claims go by them. Who is not named has weight 1 where the pool serves all, else 0. */
export class BalancedWeights extends Map<string, number> {
  readonly #names: ReadonlySet<string> | null
  readonly #except: ReadonlySet<string>

  /** `names` null: all but `except`. */
  constructor(names: ReadonlySet<string> | null, except: ReadonlySet<string>) {
    super()
    this.#names = names
    this.#except = except
  }

  /** Whether the pool serves a queue at all. */
  serves(queue: string): boolean {
    return this.#names === null ? !this.#except.has(queue) : this.#names.has(queue)
  }

  override get(queue: string): number {
    return this.serves(queue) ? (super.get(queue) ?? 1) : 0
  }

  /** From now on these; queues that are not among them weigh 1. */
  become(weights: ReadonlyMap<string, number>): void {
    this.clear()
    for (const [queue, weight] of weights) this.set(queue, weight)
  }
}

/** How a pool goes through its queues: as it was told, or balanced, all alike to begin with. */
export function balancedOrder(
  queues: QueueChoice,
  balance: BalanceKind,
  others: ReadonlySet<string>,
): { readonly order: QueueOrder; readonly weights: BalancedWeights | null } {
  if (balance === 'off') return { order: queueOrderBeside(queues, others), weights: null }
  const names = queueNamesOf(queues)
  const weights = new BalancedWeights(names.includes('*') ? null : new Set(names), others)
  return { order: { order: 'weighted', weights }, weights }
}
