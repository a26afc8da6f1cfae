import { useFormat } from '../../i18n/messages-context.tsx'
import { useWorkerWords } from './worker-words.ts'
import './worker-parts.css'

interface SlotsBarProps {
  readonly running: number
  readonly capacity: number
}

/** How many slots are in use, as a bar and in figures. */
export function SlotsBar({ running, capacity }: SlotsBarProps) {
  const workers = useWorkerWords()
  const format = useFormat()
  const share = capacity === 0 ? 0 : Math.min(1, running / capacity)
  return (
    <span className="load" title={workers.slots(format.number(running), format.number(capacity))}>
      <span className="load-track" aria-hidden="true">
        <span className="load-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="nowrap">
        {format.number(running)}
        <span className="muted"> / {format.number(capacity)}</span>
      </span>
    </span>
  )
}
