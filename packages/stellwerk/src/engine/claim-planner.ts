import type { LaneHead } from '../domain/queue/lane.ts'
import { type ClaimPlan, type ClaimRules, noDebts, planClaims, servesQueue } from '../domain/queue/plan-claims.ts'
import { queueOrderOf } from './queue-order.ts'
import type { StationOptions } from './station-options.ts'

/** What one station claims, round after round: its rules, and what earlier rounds owe to later ones. */
export class ClaimPlanner {
  readonly #rules: Omit<ClaimRules, 'debts'>
  #debts = noDebts

  constructor({ queues, ageShare }: Pick<StationOptions, 'queues' | 'ageShare'>, types: ReadonlySet<string>) {
    this.#rules = { queues: queueOrderOf(queues), knownTypes: types, pausedQueues: new Set(), ageShare }
  }

  /** Lanes in claiming order, at most `free` jobs over all. */
  plan(heads: readonly LaneHead[], free: number): ClaimPlan {
    const plan = planClaims(heads, { ...this.#rules, debts: this.#debts }, free)
    this.#debts = plan.debts
    return plan
  }

  /** Whether the station runs jobs of this type and queue. */
  mayRun({ type, queue }: { readonly type: string; readonly queue: string }): boolean {
    const { knownTypes, pausedQueues, queues } = this.#rules
    return knownTypes.has(type) && !pausedQueues.has(queue) && servesQueue(queue, queues)
  }
}
