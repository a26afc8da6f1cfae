/** The box that a sparkline is drawn in, and what touches its top at least. */
export interface Box {
  readonly width: number
  readonly height: number
  readonly least: number
}

/** Points of a line through the values, left to right; the largest touches the top, unless it is less than `least`, and 0 the bottom. */
export function sparklinePoints(values: readonly number[], { width, height, least }: Box): string {
  const top = Math.max(least, ...values)
  const step = values.length > 1 ? width / (values.length - 1) : width
  return values
    .map((value, index) => `${(index * step).toFixed(1)},${(height - (value / top) * height).toFixed(1)}`)
    .join(' ')
}

/** The same, closed along the bottom, to be filled. */
export function sparklineArea(values: readonly number[], box: Box): string {
  return `0,${box.height} ${sparklinePoints(values, box)} ${box.width},${box.height}`
}
