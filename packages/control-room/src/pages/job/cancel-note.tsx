import { Hourglass } from 'lucide-react'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { visibleText } from '../../ui/visible-text.ts'
import type { CancelWish } from './use-cancel-wish.ts'

/** That somebody wants this running job cancelled, by whom where that can be read, or that its station refused it. Nothing otherwise. */
export function CancelNote({ wish: { isAsked, order } }: { readonly wish: CancelWish }) {
  const { job: words } = useMessages()
  const format = useFormat()
  const now = useNow(1_000)
  if (!isAsked) return null
  if (order === null) return <Note text={words.cancelAsked} />
  const by = visibleText(order.by.name)
  const span = format.duration(Math.max(0, Math.floor((now - Date.parse(order.givenAt)) / 1_000) * 1_000))
  const isRefused = order.state === 'refused'
  return (
    <Note text={isRefused ? words.cancelRefused(by, visibleText(order.answer ?? '')) : words.cancelling(by, span)} />
  )
}

function Note({ text }: { readonly text: string }) {
  return (
    <span className="job-cancel small tone-pending">
      <Hourglass size={12} aria-hidden="true" />
      {text}
    </span>
  )
}
