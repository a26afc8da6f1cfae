import type { Attempt } from '../../../stellwerk/src/http/schemas/job-detail.ts'
import { visibleText } from './visible-text.ts'

/** What ended an attempt, as far as it is said. */
export type SaidFailure = Pick<Attempt, 'kind' | 'errorClass' | 'message'>

/** These messages are Stellwerk's own; all others are those of handlers, and stand as they are. */
const own: readonly Attempt['kind'][] = ['timeout', 'memory', 'crash']

/** Whether the server made the message, so that the room may have words for it. */
export function isOwnMessage(kind: Attempt['kind']): boolean {
  return own.includes(kind)
}

/** Class and message of an error in one line, the whole message as its title. */
export function FailureLine({
  failure: { errorClass },
  message,
  lang,
  className,
}: {
  readonly failure: SaidFailure
  readonly message: string
  readonly lang?: string | undefined
  readonly className: string
}) {
  return (
    <span className={className} title={message}>
      <strong>{visibleText(errorClass)}</strong> <span lang={lang}>{message}</span>
    </span>
  )
}
