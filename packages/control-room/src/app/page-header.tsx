import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { EnvironmentChip } from './environment.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { Mark } from './mark.tsx'
import './page-header.css'
import { visibleText } from '../ui/visible-text.ts'
import { SettingsMenu } from './settings-menu.tsx'
import { usePageTitle } from './tab-title.ts'

interface PageHeaderProps {
  readonly title: string
  /** Where the page belongs to: a link before the title. */
  readonly back?: { readonly to: string; readonly title: string }
  /** Beside the title: a badge, a number. */
  readonly note?: ReactNode
  /** What the page offers, before the connection and the settings. */
  readonly children?: ReactNode
}

/** The head of every page: its title, what it offers, the connection, the settings. Gives the tab its name too. */
export function PageHeader({ title, back, note, children }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className="page-head">
      <span className="page-mark">
        <Mark />
      </span>
      {back === undefined ? null : (
        <Link to={back.to} className="page-back" aria-label={back.title} title={back.title}>
          <ChevronLeft size={18} aria-hidden="true" />
        </Link>
      )}
      <div className="page-name">
        <h1 className="cut" title={visibleText(title)}>
          {visibleText(title)}
        </h1>
        {note}
        <EnvironmentChip />
      </div>
      <div className="page-tools">
        {children}
        <LiveIndicator />
        <SettingsMenu />
      </div>
    </header>
  )
}
