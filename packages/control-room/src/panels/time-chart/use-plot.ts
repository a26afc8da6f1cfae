import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import UPlot from 'uplot'
import { useShownTheme } from '../../app/preferences.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { chartOptions, readColours } from './chart-options.ts'
import type { TimeChartFigures } from './time-series.ts'

const HEIGHT = 180

function dataOf({ times, series }: TimeChartFigures): UPlot.AlignedData {
  return [times.map((time) => time / 1_000), ...series.map(({ values }) => [...values])]
}

/** What stays the same while only figures move: such a change needs no new chart. */
function shapeOf({ series }: TimeChartFigures): string {
  return series.map(({ name, tone }) => `${name} ${tone}`).join('|')
}

interface Plot {
  /** Where the chart is drawn. */
  readonly place: RefObject<HTMLDivElement | null>
  /** Puts the cursor onto a point. */
  readonly moveTo: (index: number) => void
}

/** Keeps a chart in an element: made anew for another theme, language or set of lines, moved on with the figures, as wide as its place. */
export function usePlot(figures: TimeChartFigures, onCursor: (index: number | null) => void): Plot {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const latest = useRef(figures)
  const format = useFormat()
  const theme = useShownTheme()
  const shape = shapeOf(figures)
  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and shape are why it is drawn anew
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const { series } = latest.current
    const size = { width: element.clientWidth, height: HEIGHT }
    const options = chartOptions({ ...size, colours: readColours(element), format, series, onCursor })
    const made = new UPlot(options, dataOf(latest.current), element)
    plot.current = made
    const watcher = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [format, onCursor, theme, shape])
  useEffect(() => {
    latest.current = figures
    plot.current?.setData(dataOf(figures))
  }, [figures])
  const moveTo = useCallback((index: number) => {
    const chart = plot.current
    const time = chart?.data[0][index]
    if (!chart || time === undefined) return
    chart.setCursor({ left: chart.valToPos(time, 'x'), top: 0 })
  }, [])
  return { place, moveTo }
}
