import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { isOwnMessage } from '../server-words/own-message.ts'
import { ServerWords } from '../server-words/server-words.tsx'

/** Why an attempt failed, as its error says it. */
export function AttemptMessage({
  attempt: { kind, message },
}: {
  readonly attempt: Pick<Attempt, 'kind' | 'message'>
}) {
  return isOwnMessage(kind) ? <ServerWords text={message} /> : <span>{visibleText(message)}</span>
}
