import { type BalanceRules, nextProcesses, type QueueLoad, weightsByClearTime } from '../domain/worker/balance.ts'
import type { BalancedWeights } from './balanced-weights.ts'

/** What the balancer of a pool needs. */
export interface PoolBalancerOptions {
  readonly weights: BalancedWeights
  readonly rules: BalanceRules
  readonly min: number
  readonly max: number
  readonly processes: () => number
  readonly scale: (processes: number) => void
  /** Mean run time of a queue's jobs here, ms; 0 where none ran. */
  readonly meanRunMs: (queue: string) => number
  readonly now: () => number
}

/** Balance 'auto' of one pool: the shares of its queues follow the time to clear each, its size follows what waits. One change at a time, then a pause. */
export class PoolBalancer {
  readonly #options: PoolBalancerOptions
  #changedMs = Number.NEGATIVE_INFINITY

  constructor(options: PoolBalancerOptions) {
    this.#options = options
  }

  /** Once a second, with the jobs that wait by queue. */
  look(waiting: ReadonlyMap<string, number>): void {
    const { weights, rules, min, max, processes, scale, meanRunMs, now } = this.#options
    const loads: QueueLoad[] = [...waiting]
      .filter(([queue]) => weights.serves(queue))
      .map(([queue, count]) => ({ queue, waiting: count, meanRunMs: meanRunMs(queue) }))
    weights.become(weightsByClearTime(loads))
    const current = processes()
    const sum = loads.reduce((total, load) => total + load.waiting, 0)
    const sinceChangeMs = now() - this.#changedMs
    const next = nextProcesses({ processes: current, min, max, waiting: sum, sinceChangeMs }, rules)
    if (next === current) return
    this.#changedMs = now()
    scale(next)
  }
}
