import { ChartLine, Table2 } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useMessages } from '../../i18n/messages-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { useLazyPart } from '../../ui/lazy-part.ts'
import { Panel } from '../../ui/panel.tsx'
import { timeChart } from './lazy-time-chart.ts'
import './time-chart.css'
import type { TimeChartFigures } from './time-series.ts'
import { TimeTable } from './time-table.tsx'

interface TimeChartPanelProps {
  readonly title: string
  readonly note?: string
  readonly figures: TimeChartFigures
  /** What the chart says, as a sentence. */
  readonly sentence: string
  /** One point in time as a sentence. */
  readonly describe: (time: number, values: readonly number[]) => string
  readonly staleSince?: Date | null
  readonly onRetry?: () => void
  /** Before the button that turns the chart into a table. */
  readonly actions?: ReactNode
}

/** Figures over time: a chart with a sentence, or the same as a table. */
export function TimeChartPanel({ title, figures, sentence, describe, actions, ...rest }: TimeChartPanelProps) {
  const { chart } = useMessages().overview
  const [isTable, setTable] = useState(false)
  const TimeChart = useLazyPart(timeChart)
  const button = (
    <IconButton
      icon={isTable ? ChartLine : Table2}
      label={isTable ? chart.showChart : chart.showTable}
      onClick={() => setTable(!isTable)}
    />
  )
  return (
    <Panel
      title={title}
      actions={
        <>
          {actions}
          {button}
        </>
      }
      {...rest}
    >
      <figure className="time-figure">
        {isTable ? (
          <TimeTable title={title} figures={figures} />
        ) : (
          <Suspense fallback={<div className="time-plot" />}>
            <TimeChart figures={figures} describe={describe} />
          </Suspense>
        )}
        <figcaption>{sentence}</figcaption>
      </figure>
    </Panel>
  )
}
