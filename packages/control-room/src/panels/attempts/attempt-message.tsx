import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { ServerWords } from '../server-words/server-words.tsx'

/** These messages are Stellwerk's own; all others are those of handlers, and stand as they are. */
const own: readonly Attempt['kind'][] = ['timeout', 'memory', 'crash']

/** Why an attempt failed, as its error says it. */
export function AttemptMessage({
  attempt: { kind, message },
}: {
  readonly attempt: Pick<Attempt, 'kind' | 'message'>
}) {
  return own.includes(kind) ? <ServerWords text={message} /> : <span>{visibleText(message)}</span>
}
