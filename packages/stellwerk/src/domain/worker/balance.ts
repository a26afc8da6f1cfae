/** How a pool divides itself over its queues. */
export const balanceKinds = ['off', 'simple', 'auto'] as const

/** off: queues in their order or by their weights. simple: all alike. auto: by the time to clear each, and as many processes as that needs. */
export type BalanceKind = (typeof balanceKinds)[number]

/** What a pool sees of one of its queues. */
export interface QueueLoad {
  readonly queue: string
  readonly waiting: number
  readonly meanRunMs: number
}

const heaviest = 1_000

/** Weights, 1 to 1,000, in the proportion of the time that each queue would take to clear; a queue with nothing waiting has 1. Pure. */
export function weightsByClearTime(loads: readonly QueueLoad[]): ReadonlyMap<string, number> {
  const times = loads.map(({ queue, waiting, meanRunMs }) => [queue, waiting * Math.max(1, meanRunMs)] as const)
  const longest = Math.max(1, ...times.map(([, time]) => time))
  return new Map(times.map(([queue, time]) => [queue, Math.max(1, Math.round((time / longest) * heaviest))]))
}

/** A pool that may grow and shrink. */
export interface PoolLoad {
  readonly processes: number
  readonly min: number
  readonly max: number
  /** Jobs that wait for it. */
  readonly waiting: number
  /** Since its last change, ms. */
  readonly sinceChangeMs: number
}

/** When a pool grows and shrinks. */
export interface BalanceRules {
  /** More waiting than this, and a process is added. Default 20. */
  readonly scaleUpAt: number
  /** Fewer waiting than this, and one is taken away. Default 5. */
  readonly scaleDownAt: number
  /** Between two changes, ms. Default 300 s. */
  readonly cooldownMs: number
}

/** What holds where nobody says otherwise. */
export const balanceDefaults: BalanceRules = { scaleUpAt: 20, scaleDownAt: 5, cooldownMs: 300_000 }

/** How many processes the pool should have: one more or one less than now, or as many; within its bounds at once, whatever the cooldown. Pure. */
export function nextProcesses(load: PoolLoad, rules: BalanceRules): number {
  const { processes, min, max, waiting, sinceChangeMs } = load
  if (processes < min) return processes + 1
  if (processes > max) return processes - 1
  if (sinceChangeMs < rules.cooldownMs) return processes
  if (waiting > rules.scaleUpAt) return Math.min(max, processes + 1)
  return waiting < rules.scaleDownAt ? Math.max(min, processes - 1) : processes
}
