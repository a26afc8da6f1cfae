import type { ReactNode } from 'react'
import './fact.css'

/** What is known about one thing, by name. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="fact-list">{children}</dl>
}

interface FactProps {
  readonly name: string
  /** Classes of the value. */
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** One of {@link Facts}. */
export function Fact({ name, className, children }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className={className}>{children}</dd>
    </div>
  )
}
