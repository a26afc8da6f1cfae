import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import './load-bar.css'

interface LoadBarProps {
  readonly processing: number
  readonly concurrency: number
}

/** How many of a station's slots are in use, as a bar and in figures. */
export function LoadBar({ processing, concurrency }: LoadBarProps) {
  const { stations } = useMessages()
  const format = useFormat()
  const share = concurrency === 0 ? 0 : Math.min(1, processing / concurrency)
  return (
    <span className="load" title={stations.load(format.number(processing), format.number(concurrency))}>
      <span className="load-track" aria-hidden="true">
        <span className="load-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="nowrap">
        {format.number(processing)}
        <span className="muted"> / {format.number(concurrency)}</span>
      </span>
    </span>
  )
}
