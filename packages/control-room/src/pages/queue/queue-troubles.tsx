import { Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { shellWord } from './shell-word.ts'
import './queue-troubles.css'
import { visibleText } from '../../ui/visible-text.ts'

function Trouble({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint: string
  readonly children?: ReactNode
}) {
  return (
    <section className="trouble tone-lost">
      <Unlink size={18} aria-hidden="true" />
      <div>
        <p>
          <strong>{title}</strong> {hint}
        </p>
        {children}
      </div>
    </section>
  )
}

/** Why jobs of a queue do not start, and what to do. Nothing while they can. */
export function QueueTroubles({ queue }: { readonly queue: Queue }) {
  const { queues } = useMessages()
  const { status, unservedTypes } = queue
  return (
    <>
      {status === 'stuck' && queue.stations === 0 ? (
        <Trouble title={queues.stuck} hint={queues.stuckHint}>
          <CodeBlock code={queues.stuckCommand(shellWord(queue.queue))} label={queues.stuckHint} />
        </Trouble>
      ) : null}
      {unservedTypes.length > 0 && queue.stations > 0 ? (
        <Trouble
          title={queues.unserved(unservedTypes.length, visibleText(unservedTypes.join(', ')))}
          hint={queues.unservedHint}
        />
      ) : null}
    </>
  )
}
