import { useState } from 'react'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import type { TimeChartFigures } from './time-series.ts'

const PAGE = 15

/** The figures of a chart as a table, newest first, a page at a time. */
export function TimeTable({ title, figures }: { readonly title: string; readonly figures: TimeChartFigures }) {
  const { overview, shell } = useMessages()
  const format = useFormat()
  const [pages, setPages] = useState(1)
  const { times, series } = figures
  const newest = times.map((time, index) => ({ time, index })).toReversed()
  return (
    <>
      <table className="table time-table">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{overview.chart.time}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" data-align="end">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newest.slice(0, pages * PAGE).map(({ time, index }) => (
            <tr key={time}>
              <td data-label={overview.chart.time} data-card="title">
                {format.minute(time)}
              </td>
              {series.map(({ name, values }) => (
                <td key={name} data-align="end" data-label={name}>
                  {format.number(values[index] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages * PAGE < times.length ? (
        <Button kind="quiet" onClick={() => setPages(pages + 1)}>
          {shell.more}
        </Button>
      ) : null}
    </>
  )
}
