import { useMemo } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { TimeChartPanel } from '../../panels/time-chart/time-chart-panel.tsx'
import { lastMinutes } from '../../panels/time-chart/time-series.ts'
import { Panel } from '../../ui/panel.tsx'

/** Runs of one queue that ended, by minute. */
export function QueueChart({ queue, at }: { readonly queue: Queue; readonly at: string }) {
  const { queues, overview } = useMessages()
  const format = useFormat()
  const { sparkline } = queue
  const minute = at.slice(0, 16)
  const figures = useMemo(
    () => ({
      times: lastMinutes(`${minute}:00Z`, sparkline.length),
      series: [{ name: queues.ended, tone: 'processing', values: sparkline }] as const,
    }),
    [minute, sparkline, queues.ended],
  )
  const total = sparkline.reduce((sum, value) => sum + value, 0)
  if (total === 0)
    return (
      <Panel title={queues.column.sparkline}>
        <p className="quiet-note">{overview.chart.empty(overview.chart.lastHour)}</p>
      </Panel>
    )
  return (
    <TimeChartPanel
      title={queues.column.sparkline}
      figures={figures}
      sentence={queues.endedSentence(total)}
      describe={(time, [ended = 0]) => `${format.minute(time)}: ${format.number(ended)}`}
    />
  )
}
