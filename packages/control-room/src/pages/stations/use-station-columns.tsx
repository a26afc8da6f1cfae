import { useMemo } from 'react'
import type { Station } from '../../../../stellwerk/src/http/schemas/station.ts'
import type { Messages } from '../../i18n/messages.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { RelativeTime, TimeSince } from '../../ui/relative-time.tsx'
import { StationBadge } from '../../ui/state-badge.tsx'
import type { Column } from '../../ui/table-column.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { LoadBar } from './load-bar.tsx'
import { stationCondition } from './station-condition.ts'

function placeColumns({ column }: Messages['stations']): Column<Station>[] {
  return [
    {
      id: 'state',
      header: column.state,
      card: 'plain',
      render: (station) => <StationBadge condition={stationCondition(station)} />,
    },
    {
      id: 'station',
      header: column.station,
      card: 'title',
      render: ({ host, label }) => (
        <span className="station-name">
          {visibleText(host)}
          {label === null ? null : <span className="muted"> {visibleText(label)}</span>}
        </span>
      ),
    },
    { id: 'process', header: column.process, align: 'end', render: ({ pid }) => <span className="mono">{pid}</span> },
  ]
}

function workColumns(messages: Messages['stations']): Column<Station>[] {
  const { column } = messages
  return [
    { id: 'load', header: column.load, render: (station) => <LoadBar {...station} /> },
    {
      id: 'queues',
      header: column.queues,
      card: 'wide',
      render: ({ queues }) => (queues.includes('*') ? messages.allQueues : visibleText(queues.join(', '))),
    },
    {
      id: 'types',
      header: column.types,
      render: ({ types }) => (
        <span className="nowrap" title={visibleText(types.join(', '))}>
          {messages.types(types.length)}
        </span>
      ),
    },
  ]
}

function timeColumns({ column }: Messages['stations']): Column<Station>[] {
  return [
    { id: 'uptime', header: column.uptime, align: 'end', render: ({ startedAt }) => <TimeSince at={startedAt} /> },
    { id: 'seen', header: column.seen, align: 'end', render: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
    {
      id: 'version',
      header: column.version,
      card: 'hidden',
      render: ({ version }) => <span className="mono">{visibleText(version)}</span>,
    },
  ]
}

/** Columns of the table of stations; for stopped ones without their load and uptime. */
export function useStationColumns(isPast: boolean): readonly Column<Station>[] {
  const { stations } = useMessages()
  return useMemo(() => {
    const all = [...placeColumns(stations), ...workColumns(stations), ...timeColumns(stations)]
    return isPast ? all.filter(({ id }) => id !== 'load' && id !== 'uptime') : all
  }, [stations, isPast])
}
