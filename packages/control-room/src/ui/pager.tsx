import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMessages } from '../i18n/messages-context.tsx'
import { Button } from './button.tsx'
import './pager.css'

interface PagerProps {
  /** null = this is the first page. */
  readonly onNewest: (() => void) | null
  /** null = the page before this one is the first, or not known. */
  readonly onNewer: (() => void) | null
  /** null = this is the last page. */
  readonly onOlder: (() => void) | null
  /** Beside the buttons. */
  readonly children: ReactNode
}

/** The foot of a list that goes on: to newer and older pages. */
export function Pager({ onNewest, onNewer, onOlder, children }: PagerProps) {
  const { jobs } = useMessages()
  return (
    <nav className="pager" aria-label={jobs.paging}>
      <div className="small muted">{children}</div>
      <div className="pager-steps">
        <Button kind="quiet" icon={ChevronsLeft} disabled={onNewest === null} onClick={() => onNewest?.()}>
          {jobs.newest}
        </Button>
        <Button kind="quiet" icon={ChevronLeft} disabled={onNewer === null} onClick={() => onNewer?.()}>
          {jobs.newer}
        </Button>
        <Button kind="quiet" disabled={onOlder === null} onClick={() => onOlder?.()}>
          {jobs.older}
          <ChevronRight size={14} aria-hidden="true" />
        </Button>
      </div>
    </nav>
  )
}
