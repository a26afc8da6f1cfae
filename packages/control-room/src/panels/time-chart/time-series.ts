import type { Tone } from '../../ui/tone.ts'

/** One line of a chart. */
export interface TimeSeries {
  readonly name: string
  readonly tone: Tone
  /** Drawn dashed, so that it is told apart without its colour. */
  readonly isDashed?: boolean
  /** As many as there are times. */
  readonly values: readonly number[]
}

/** Values over time. */
export interface TimeChartFigures {
  /** Unix ms, oldest first. */
  readonly times: readonly number[]
  readonly series: readonly TimeSeries[]
}

/** Starts of the last `count` minutes, oldest first; the last one is the minute of `at`. */
export function lastMinutes(at: string, count: number): readonly number[] {
  const last = Math.floor(Date.parse(at) / 60_000) * 60_000
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * 60_000)
}
