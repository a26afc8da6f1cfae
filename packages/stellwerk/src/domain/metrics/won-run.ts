import type { MetricOutcome } from './minute-metric.ts'

/** What a run cost; null where it was not measured. Times in ms, memory in bytes. */
export interface RunFacts {
  /** Unix ms, database clock. */
  readonly startedAt: number
  readonly waitMs: number
  readonly runMs: number
  readonly cpuMs: number | null
  readonly memoryBytes: number | null
  readonly memoryPeakBytes: number | null
}

/** An outcome that won its guard, as the metrics need it. */
export interface WonRun extends RunFacts {
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
}
