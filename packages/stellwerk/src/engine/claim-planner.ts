import type { LaneHead } from '../domain/queue/lane.ts'
import { type ClaimPlan, type ClaimRules, noDebts, planClaims, servesQueue } from '../domain/queue/plan-claims.ts'
import type { ClaimGate } from './claim-gate.ts'
import { queueOrderOf } from './queue-order.ts'
import type { StationOptions } from './station-options.ts'

/** What one station claims, round after round: its rules, and what earlier rounds owe to later ones. */
export class ClaimPlanner {
  readonly #rules: Omit<ClaimRules, 'debts' | 'pausedQueues'>
  readonly #gate: ClaimGate
  #debts = noDebts

  constructor(
    { queues, ageShare }: Pick<StationOptions, 'queues' | 'ageShare'>,
    types: ReadonlySet<string>,
    gate: ClaimGate,
  ) {
    this.#rules = { queues: queueOrderOf(queues), knownTypes: types, ageShare }
    this.#gate = gate
  }

  /** Lanes in claiming order, at most `free` jobs over all. */
  plan(heads: readonly LaneHead[], free: number): ClaimPlan {
    if (!this.#gate.isOpen(false)) return { shares: [], limit: free, debts: this.#debts }
    const { pausedQueues } = this.#gate
    const plan = planClaims(heads, { ...this.#rules, pausedQueues, debts: this.#debts }, free)
    this.#debts = plan.debts
    return plan
  }

  /** Whether the station runs jobs of this type and queue. */
  mayRun({ type, queue }: { readonly type: string; readonly queue: string }): boolean {
    const { knownTypes, queues } = this.#rules
    if (!this.#gate.isOpen(false) || this.#gate.pausedQueues.has(queue)) return false
    return knownTypes.has(type) && servesQueue(queue, queues)
  }
}
