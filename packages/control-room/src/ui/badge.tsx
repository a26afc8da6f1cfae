import type { LucideIcon } from 'lucide-react'
import './badge.css'
import type { Tone } from './tone.ts'

/** A state as icon and word, in its colours; never the colour alone. */
export function Badge({
  tone,
  icon: Icon,
  word,
}: {
  readonly tone: Tone
  readonly icon: LucideIcon
  readonly word: string
}) {
  return (
    <span className={`badge tone-${tone}`}>
      <Icon size={12} strokeWidth={2.25} aria-hidden="true" />
      {word}
    </span>
  )
}
