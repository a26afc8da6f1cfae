import { type ReactNode, useId } from 'react'
import './panel.css'
import { StaleNote } from './stale-note.tsx'

interface PanelProps {
  readonly title: string
  /** Beside the title, in a quiet voice. */
  readonly note?: ReactNode
  /** Links and buttons at the end of its head. */
  readonly actions?: ReactNode
  /** Since when what it shows is old; it is greyed then, never blanked. */
  readonly staleSince?: Date | null
  readonly onRetry?: () => void
  readonly children: ReactNode
}

/** A part of a page with a title of its own. */
export function Panel({ title, note, actions, staleSince = null, onRetry, children }: PanelProps) {
  const titleId = useId()
  return (
    <section className="panel" aria-labelledby={titleId}>
      <div className="panel-head">
        <div className="panel-name">
          <h2 id={titleId}>{title}</h2>
          {note === undefined ? null : <span className="muted small">{note}</span>}
        </div>
        {staleSince === null || onRetry === undefined ? null : <StaleNote since={staleSince} onRetry={onRetry} />}
        {actions === undefined ? null : <div className="panel-actions">{actions}</div>}
      </div>
      <div className="panel-body" data-stale={staleSince === null ? undefined : ''}>
        {children}
      </div>
    </section>
  )
}
