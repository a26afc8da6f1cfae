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
}

const BOX = { width: 120, height: 24 }

/** A small line without axes, as large as the place it stands in. */
export const Sparkline = memo(function SparklineChart({ values, label, tone = 'cancelled' }: SparklineProps) {
  return (
    <svg
      className={`sparkline tone-${tone}`}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polygon points={sparklineArea(values, BOX)} />
      <polyline points={sparklinePoints(values, BOX)} />
    </svg>
  )
})
