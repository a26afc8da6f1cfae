import type uPlot from 'uplot'
import type { Formatters } from '../../i18n/formatters.ts'
import type { TimeSeries } from './time-series.ts'

/** Colours of a chart, read from the style sheet: a canvas knows no variables. */
export interface ChartColours {
  readonly text: string
  readonly line: string
  readonly surface: string
  readonly solidOf: (tone: TimeSeries['tone']) => string
  /** Below a line; none where the system forces its own colours. */
  readonly tintOf: (tone: TimeSeries['tone']) => string
}

/** About an eighth, as the last two digits of a colour. */
const FAINT = '20'

/** Reads the colours that hold for an element now. */
export function readColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const isForced = matchMedia('(forced-colors: active)').matches
  const colour = (name: string, forced: string) => (isForced ? forced : style.getPropertyValue(name).trim())
  return {
    text: colour('--muted', 'CanvasText'),
    line: colour('--line', 'GrayText'),
    surface: colour('--surface', 'Canvas'),
    solidOf: (tone) => colour(`--${tone}-solid`, 'CanvasText'),
    tintOf: (tone) => (isForced ? 'transparent' : `${colour(`--${tone}-solid`, '')}${FAINT}`),
  }
}

function axes({ text, line }: ChartColours, format: Formatters): uPlot.Axis[] {
  const font = '12px system-ui, sans-serif'
  const quiet = { stroke: text, font, ticks: { show: false }, grid: { stroke: line, width: 1 } }
  return [
    {
      ...quiet,
      grid: { show: false },
      space: 72,
      size: 24,
      values: (_, ticks) => ticks.map((at) => format.minute(at * 1_000)),
    },
    {
      ...quiet,
      size: 44,
      space: 36,
      values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? format.compact(tick) : '')),
    },
  ]
}

function lines(series: readonly TimeSeries[], { solidOf, tintOf }: ChartColours): uPlot.Series[] {
  return series.map(({ name, tone, isDashed = false }) => ({
    label: name,
    stroke: solidOf(tone),
    width: 2,
    points: { show: false },
    ...(isDashed ? { dash: [5, 4] } : { fill: tintOf(tone) }),
  }))
}

/** Pales the last step, which is still under way: its fall is none yet. */
function paleLastStep(chart: uPlot, surface: string): void {
  const [times] = chart.data
  const [before, last] = times.slice(-2)
  if (before === undefined || last === undefined) return
  const { ctx, bbox } = chart
  const from = chart.valToPos(before, 'x', true)
  ctx.save()
  ctx.globalAlpha = 0.6
  ctx.fillStyle = surface
  ctx.fillRect(from + 1, bbox.top, chart.valToPos(last, 'x', true) - from + 4, bbox.height - 1)
  ctx.restore()
}

interface ChartLook {
  readonly width: number
  readonly height: number
  readonly colours: ChartColours
  readonly format: Formatters
  readonly series: readonly TimeSeries[]
  /** The point under the cursor has changed; null = none. */
  readonly onCursor: (index: number | null) => void
}

/** Options of uPlot for lines that begin at 0, without its own legend. */
export function chartOptions({ width, height, colours, format, series, onCursor }: ChartLook): uPlot.Options {
  return {
    width,
    height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { setScale: false, x: false, y: false } },
    scales: { y: { range: (_, __, max) => [0, Math.max(4, (max ?? 0) * 1.1)] } },
    axes: axes(colours, format),
    series: [{}, ...lines(series, colours)],
    hooks: {
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      draw: [(chart) => paleLastStep(chart, colours.surface)],
    },
  }
}
