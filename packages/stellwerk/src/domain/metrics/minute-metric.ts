/** How a run ended, for metrics: `retrying` is an attempt that failed and will be tried again. */
export type MetricOutcome = 'completed' | 'retrying' | 'failed'

/** Key of one minute row: each station writes its own, so no two transactions share a row. */
export interface MinuteKey {
  /** Unix ms of the minute's start. */
  readonly minute: number
  readonly stationId: string
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
}

/** Totals of one key; sums in ms. Sketches are DDSketch bytes (relative error 1 %) of wait and run times in ms. */
export interface MinuteMetric extends MinuteKey {
  readonly count: number
  readonly waitSumMs: number
  readonly waitMaxMs: number
  readonly runSumMs: number
  readonly runMaxMs: number
  readonly cpuSumMs: number
  readonly memoryMaxBytes: number
  readonly waitSketch: Uint8Array
  readonly runSketch: Uint8Array
}
