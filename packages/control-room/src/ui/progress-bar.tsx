import { useFormat } from '../i18n/messages-context.tsx'
import './progress-bar.css'

interface ProgressBarProps {
  /** 0 to 100. */
  readonly percent: number
  /** What the job itself says about it; shown on hover, and read aloud. */
  readonly note?: string | null
}

/** How far a job has come, by its own word. */
export function ProgressBar({ percent, note = null }: ProgressBarProps) {
  const written = useFormat().percent(percent / 100)
  return (
    <span className="progress" title={note ?? written}>
      <span className="progress-track" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, Math.max(0, percent))}%` }} />
      </span>
      <span className="nowrap">{written}</span>
      {note === null ? null : <span className="unseen">{note}</span>}
    </span>
  )
}
