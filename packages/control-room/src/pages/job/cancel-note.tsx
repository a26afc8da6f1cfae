import { Hourglass } from 'lucide-react'
import { useFormat } from '../../i18n/messages-context.tsx'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { ServerWords } from '../../panels/server-words/server-words.tsx'
import { useNow } from '../../ui/clock.ts'
import { visibleText } from '../../ui/visible-text.ts'
import type { CancelWish } from './use-cancel-wish.ts'

/** That somebody wants this running job cancelled, by whom where that can be read, or that its station refused it. Nothing otherwise. */
export function CancelNote({ wish: { isAsked, order } }: { readonly wish: CancelWish }) {
  const words = useJobWords()
  const format = useFormat()
  const now = useNow(1_000)
  if (!isAsked) return null
  if (order === null) return <Note text={words.cancelAsked} />
  const by = visibleText(order.by.name)
  const span = format.duration(Math.max(0, Math.floor((now - Date.parse(order.givenAt)) / 1_000) * 1_000))
  if (order.state !== 'refused') return <Note text={words.cancelling(by, span)} />
  return <Note text={words.cancelRefused(by)} answer={order.answer} />
}

interface NoteProps {
  readonly text: string
  /** What the station said, behind it. */
  readonly answer?: string | null
}

function Note({ text, answer = null }: NoteProps) {
  return (
    <span className="job-cancel small tone-pending">
      <Hourglass size={12} aria-hidden="true" />
      <span>
        {text} {answer === null ? null : <ServerWords text={answer} />}
      </span>
    </span>
  )
}
