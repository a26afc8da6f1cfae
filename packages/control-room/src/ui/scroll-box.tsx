import type { ReactNode } from 'react'
import './scroll-box.css'

interface ScrollBoxProps {
  /** What it holds, for those who listen. */
  readonly label: string
  readonly children: ReactNode
}

/** Preformatted text that scrolls within its frame, by mouse and by keyboard. */
export function ScrollBox({ label, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="scroll-box" tabIndex={0} aria-label={label}>
      <pre>{children}</pre>
    </section>
  )
}
