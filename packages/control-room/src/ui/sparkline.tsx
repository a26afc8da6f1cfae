import { memo } from 'react'
import { sparklineArea, sparklinePoints } from './sparkline-path.ts'
import './sparkline.css'
import type { Tone } from './tone.ts'

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[]
  /** What it shows, for those who listen. */
  readonly label: string
  readonly tone?: Tone
  /** What fills its height at least, so that very little looks like little. */
  readonly least?: number
}

const WIDTH = 120
const HEIGHT = 24

/** A small line without axes, as large as the place it stands in. */
export const Sparkline = memo(function SparklineChart({
  values,
  label,
  tone = 'cancelled',
  least = 1,
}: SparklineProps) {
  const box = { width: WIDTH, height: HEIGHT, least }
  return (
    <svg
      className={`sparkline tone-${tone}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polygon points={sparklineArea(values, box)} />
      <polyline points={sparklinePoints(values, box)} />
    </svg>
  )
})
