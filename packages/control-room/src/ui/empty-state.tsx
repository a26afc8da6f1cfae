import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import './empty-state.css'

interface EmptyStateProps {
  readonly icon: LucideIcon
  /** What is not there. */
  readonly title: string
  /** The next step. */
  readonly hint?: string
  /** Code to copy, links, buttons. */
  readonly children?: ReactNode
}

/** Stands where rows would stand, and tells the next step. */
export function EmptyState({ icon: Icon, title, hint, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon size={18} aria-hidden="true" />
      </span>
      <h2>{title}</h2>
      {hint === undefined ? null : <p>{hint}</p>}
      {children === undefined ? null : <div className="empty-more">{children}</div>}
    </div>
  )
}
