import { useMemo } from 'react'
import type { Sparklines } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { TimeChartPanel } from '../../panels/time-chart/time-chart-panel.tsx'
import { lastMinutes, type TimeChartFigures } from '../../panels/time-chart/time-series.ts'

interface ThroughputPanelProps {
  readonly sparklines: Sparklines
  /** Time of the figures, ISO 8601. */
  readonly at: string
}

function useFigures({ sparklines, at }: ThroughputPanelProps): TimeChartFigures {
  const { chart } = useMessages().overview
  const { ended, failed } = sparklines
  const minute = at.slice(0, 16)
  return useMemo(
    () => ({
      times: lastMinutes(`${minute}:00Z`, ended.length),
      series: [
        { name: chart.completed, tone: 'completed', values: ended.map((count, index) => count - (failed[index] ?? 0)) },
        { name: chart.failed, tone: 'failed', isDashed: true, values: failed },
      ],
    }),
    [minute, ended, failed, chart],
  )
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function useSentence({ ended, failed }: Sparklines, times: readonly number[]): string {
  const { chart } = useMessages().overview
  const format = useFormat()
  const most = Math.max(...ended)
  const time = times[ended.indexOf(most)]
  if (most === 0 || time === undefined) return chart.empty(chart.lastHour)
  return `${chart.caption(total(ended), total(failed), chart.lastHour)} ${chart.peak(format.number(most), format.minute(time))}`
}

/** Runs that were completed and that failed, by minute of the last hour. */
export function ThroughputPanel({ sparklines, at }: ThroughputPanelProps) {
  const { chart } = useMessages().overview
  const format = useFormat()
  const figures = useFigures({ sparklines, at })
  const sentence = useSentence(sparklines, figures.times)
  return (
    <TimeChartPanel
      title={chart.title}
      note={chart.note}
      figures={figures}
      sentence={sentence}
      describe={(time, [completed = 0, failed = 0]) =>
        chart.cursor(format.minute(time), format.number(completed), format.number(failed))
      }
    />
  )
}
