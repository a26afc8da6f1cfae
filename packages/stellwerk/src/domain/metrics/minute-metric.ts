/** How a run ended, for metrics: `retrying` is an attempt that failed and will be tried again. */
export type MetricOutcome = 'completed' | 'retrying' | 'failed'

/** Key of the figures of one span, over all stations. */
export interface MetricKey {
  /** Unix ms of the span's start: of a minute, an hour or a day. */
  readonly minute: number
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
}

/** Key of one minute row: each station writes its own, so no two transactions share a row. */
export interface MinuteKey extends MetricKey {
  readonly stationId: string
}

/** Totals of one key; sums in ms. Sketches are DDSketch bytes (relative error 1 %) of wait and run times in ms. */
export interface MetricRow extends MetricKey {
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

/** What one station measured in one minute. */
export interface MinuteMetric extends MetricRow, MinuteKey {}
