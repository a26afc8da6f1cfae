import type { Tally } from '../domain/metrics/tally.ts'
import type { LaneHead } from '../domain/queue/lane.ts'
import {
  type ClaimPlan,
  type ClaimRules,
  isClaimable,
  noDebts,
  planClaims,
  servesQueue,
} from '../domain/queue/plan-claims.ts'
import type { OrdinaryRoom } from '../domain/queue/reserved-slots.ts'
import type { ClaimGate } from './claim-gate.ts'
import type { PoolRules } from './station-runtime.ts'

/** What one pool claims, round after round: its rules, and what earlier rounds owe to later ones. */
export class ClaimPlanner {
  readonly #rules: Omit<ClaimRules, 'debts' | 'pausedQueues'>
  readonly #gate: ClaimGate
  readonly #force: boolean
  #debts = noDebts

  constructor(rules: PoolRules, known: readonly string[], gate: ClaimGate) {
    const { queues, ageShare, types, minPriority, batchOnly, force } = rules
    this.#gate = gate
    this.#force = force
    const chosen = types === null ? known : known.filter((type) => types.includes(type))
    this.#rules = {
      queues,
      knownTypes: new Set(chosen),
      ageShare,
      batchOnly,
      ...(minPriority !== null && { minPriority }),
    }
  }

  /** Lanes in claiming order, at most `free` jobs over all; `reserved`: no more than its room for jobs below its priority. */
  plan(heads: readonly LaneHead[], free: number, reserved?: OrdinaryRoom): ClaimPlan {
    if (!this.#gate.isOpen(this.#force)) return { shares: [], limit: free, debts: this.#debts }
    const { pausedQueues } = this.#gate
    const rules = { ...this.#rules, pausedQueues, debts: this.#debts, ...(reserved !== undefined && { reserved }) }
    const plan = planClaims(heads, rules, free)
    this.#debts = plan.debts
    return plan
  }

  /** Position of the first job that the pool may claim; null: there is none. */
  firstOf(heads: readonly LaneHead[]): number | null {
    if (!this.#gate.isOpen(this.#force)) return null
    const rules = { ...this.#rules, pausedQueues: this.#gate.pausedQueues, debts: this.#debts }
    const open = heads.filter((head) => isClaimable(head, rules))
    return open.length === 0 ? null : Math.min(...open.map(({ position }) => position))
  }

  /** Whether this counter is of jobs that the pool might claim. */
  counts({ queue, type, state }: Tally): boolean {
    const { knownTypes, queues } = this.#rules
    if (state !== 'pending' || !knownTypes.has(type)) return false
    return servesQueue(queue, queues) && !this.#gate.pausedQueues.has(queue)
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
    const { knownTypes, queues, minPriority, batchOnly } = this.#rules
    if (!this.#gate.isOpen(this.#force) || this.#gate.pausedQueues.has(queue)) return false
    if (batchOnly === true || priority < (minPriority ?? Number.NEGATIVE_INFINITY)) return false
    return knownTypes.has(type) && servesQueue(queue, queues)
  }
}
