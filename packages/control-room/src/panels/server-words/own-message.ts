import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'

/** These messages are Stellwerk's own; all others are those of handlers, and stand as they are. */
const own: readonly Attempt['kind'][] = ['timeout', 'memory', 'crash']

/** Whether the server made the message of a failure, so that the room may have words for it. */
export function isOwnMessage(kind: Attempt['kind']): boolean {
  return own.includes(kind)
}
