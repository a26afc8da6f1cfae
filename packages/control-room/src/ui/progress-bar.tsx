import { useFormat } from '../i18n/messages-context.tsx'
import './progress-bar.css'
import { visibleText } from './visible-text.ts'

interface ProgressBarProps {
  /** 0 to 100. */
  readonly percent: number
  /** What the job itself says about it; shown on hover, and read aloud. */
  readonly note?: string | null
}

/** How far a job has come, by its own word. */
export function ProgressBar({ percent, note = null }: ProgressBarProps) {
  const words = note === null ? null : visibleText(note)
  const written = useFormat().percent(percent / 100)
  return (
    <span className="progress" title={words ?? written}>
      <span className="progress-track" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, Math.max(0, percent))}%` }} />
      </span>
      <span className="nowrap">{written}</span>
      {words === null ? null : <span className="unseen">{words}</span>}
    </span>
  )
}
