import { type KeyboardEvent, useState } from 'react'
import 'uplot/dist/uPlot.min.css'
import { useMessages } from '../../i18n/messages-context.tsx'
import type { TimeChartFigures } from './time-series.ts'
import { usePlot } from './use-plot.ts'

interface TimeChartProps {
  readonly figures: TimeChartFigures
  readonly describe: (time: number, values: readonly number[]) => string
}

/** The point that a key leads to; undefined for keys that lead nowhere. */
function pointBy(key: string, index: number | null, last: number): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, (index ?? last + 1) - 1)
  if (key === 'ArrowRight') return Math.min(last, (index ?? last - 1) + 1)
  if (key === 'Home') return 0
  return key === 'End' ? last : undefined
}

/** Lines over time, drawn by uPlot, with a cursor that follows the pointer and the arrow keys. */
export function TimeChart({ figures, describe }: TimeChartProps) {
  const { chart } = useMessages().overview
  const [cursor, setCursor] = useState<number | null>(null)
  const { place, moveTo } = usePlot(figures, setCursor)
  const { times, series } = figures
  const last = times.length - 1
  const shown = cursor ?? last
  const point = describe(
    times[shown] ?? 0,
    series.map(({ values }) => values[shown] ?? 0),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const next = pointBy(event.key, cursor, last)
    if (next === undefined) return
    event.preventDefault()
    moveTo(next)
  }
  return (
    <div
      className="time-chart"
      role="slider"
      aria-label={chart.keys}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={shown}
      aria-valuetext={point}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="time-legend" aria-hidden="true">
        {series.map(({ name, tone, isDashed = false }) => (
          <span key={name} className={`tone-${tone}`} data-dashed={isDashed ? '' : undefined}>
            <i />
            {name}
          </span>
        ))}
        <span className="time-point">{cursor === null ? '' : point}</span>
      </div>
      <div ref={place} className="time-plot" />
    </div>
  )
}
