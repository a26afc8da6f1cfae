import type { LaneHead } from '../domain/queue/lane.ts'
import { type ClaimPlan, type ClaimRules, noDebts, planClaims, servesQueue } from '../domain/queue/plan-claims.ts'
import type { PoolRules } from './station-runtime.ts'

/** What one pool claims, round after round: its rules, and what earlier rounds owe to later ones. */
export class ClaimPlanner {
  readonly #rules: Omit<ClaimRules, 'debts'>
  #debts = noDebts

  constructor({ queues, ageShare, types, minPriority, batchOnly }: PoolRules, known: readonly string[]) {
    const chosen = types === null ? known : known.filter((type) => types.includes(type))
    this.#rules = {
      queues,
      knownTypes: new Set(chosen),
      pausedQueues: new Set(),
      ageShare,
      batchOnly,
      ...(minPriority !== null && { minPriority }),
    }
  }

  /** Lanes in claiming order, at most `free` jobs over all. */
  plan(heads: readonly LaneHead[], free: number): ClaimPlan {
    const plan = planClaims(heads, { ...this.#rules, debts: this.#debts }, free)
    this.#debts = plan.debts
    return plan
  }

  /** Whether the pool runs jobs of this type, queue and priority that belong to no batch. */
  mayRun({
    type,
    queue,
    priority,
  }: {
    readonly type: string
    readonly queue: string
    readonly priority: number
  }): boolean {
    const { knownTypes, pausedQueues, queues, minPriority, batchOnly } = this.#rules
    if (batchOnly === true || priority < (minPriority ?? Number.NEGATIVE_INFINITY)) return false
    return knownTypes.has(type) && !pausedQueues.has(queue) && servesQueue(queue, queues)
  }
}
