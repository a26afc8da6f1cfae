/** The middle and the ends of some rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Median, least and most of at least one figure, rounded to `digits` after the point. */
export function spreadOf(figures: readonly number[], digits = 0): Spread {
  return {
    median: round(percentile(figures, 0.5), digits),
    min: round(Math.min(...figures), digits),
    max: round(Math.max(...figures), digits),
  }
}

/** The value that `share` (0 to 1) of the figures do not exceed, interpolated between neighbours; NaN of none. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

/** `figure` with `digits` after the point. */
export function round(figure: number, digits = 0): number {
  const scale = 10 ** digits
  return Math.round(figure * scale) / scale
}
