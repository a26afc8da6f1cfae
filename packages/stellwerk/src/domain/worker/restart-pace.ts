/** Deaths in a row of the processes of a pool: those that nobody asked for. */
export interface Deaths {
  readonly count: number
  /** Monotonic ms of the last one. */
  readonly lastMs: number
}

/** Nobody has died yet. */
export const noDeaths: Deaths = { count: 0, lastMs: Number.NEGATIVE_INFINITY }

/** After this long without one, the next death is the first again. */
const forgivenAfterMs = 60_000
/** So many in a row, and the pool counts as failed; it is still tried, at the slowest pace. */
const budget = 10
const firstDelayMs = 100
const longestDelayMs = 30_000

/** One death more. */
export function afterDeath({ count, lastMs }: Deaths, nowMs: number): Deaths {
  return { count: nowMs - lastMs > forgivenAfterMs ? 1 : count + 1, lastMs: nowMs }
}

/** How long to wait before the next start: the first death is replaced at once, then the pause doubles from 100 ms to 30 s. */
export function restartDelayMs({ count }: Deaths): number {
  if (count <= 1) return 0
  return isBeyondBudget({ count }) ? longestDelayMs : Math.min(longestDelayMs, firstDelayMs * 2 ** (count - 2))
}

/** Whether the pool is to be shown as failed. */
export function isBeyondBudget({ count }: Pick<Deaths, 'count'>): boolean {
  return count >= budget
}
