/** Delay before a retry: milliseconds for every one, a list (the last entry repeats), or a doubling with a cap. */
export type Backoff = number | readonly number[] | ExponentialBackoff

/** Doubling from `baseMs`, capped at `maxMs`, spread by ±10 %. */
export interface ExponentialBackoff {
  readonly baseMs: number
  readonly maxMs: number
}

/**
 * What one dispatch overrides of its definition, as stored in `job.options` (JSON) and merged at failure time.
 * Durations in ms, times in Unix ms.
 */
export interface JobOverrides {
  readonly tries?: number
  readonly backoff?: Backoff
  readonly timeoutMs?: number
  readonly retryUntil?: number
  readonly maxExceptions?: number
  readonly memoryBytes?: number
  readonly failOnTimeout?: boolean
}

/** The rules of one attempt after precedence: dispatch, definition, pool, product. */
export interface AttemptRules {
  /** Attempts in all; Infinity where `retryUntil` decides. */
  readonly tries: number
  readonly backoff: Backoff
  /** 0 = no timeout. */
  readonly timeoutMs: number
  readonly retryUntil: number | null
  readonly maxExceptions: number | null
  /** Resident memory of its process beyond which an attempt is stopped; null = no limit. */
  readonly memoryBytes: number | null
  readonly failOnTimeout: boolean
}
