import type { ReactNode } from 'react'
import type { Tone } from '../../ui/tone.ts'
import './vital.css'

interface VitalProps {
  readonly label: string
  /** The figure, large. */
  readonly value: ReactNode
  /** Beside the figure, small. */
  readonly unit?: string
  /** Below the figure. */
  readonly note?: ReactNode
  /** Set when the figure itself is trouble. */
  readonly tone?: Tone | undefined
  /** Its figure is an old one: in a quiet voice. */
  readonly isPast?: boolean
  /** A line or bar at its foot. */
  readonly children?: ReactNode
}

/** One vital figure with what explains it. */
export function Vital({ label, value, unit, note, tone, isPast = false, children }: VitalProps) {
  return (
    <div
      className={`vital${tone === undefined ? '' : ` tone-${tone}`}`}
      data-trouble={tone === undefined ? undefined : ''}
      data-past={isPast || undefined}
    >
      <dt>{label}</dt>
      <dd>
        <span className="vital-value">
          {value}
          {unit === undefined ? null : <span className="vital-unit">{unit}</span>}
        </span>
        <span className="vital-note cut">{note}</span>
        {children === undefined ? null : <span className="vital-line">{children}</span>}
      </dd>
    </div>
  )
}
