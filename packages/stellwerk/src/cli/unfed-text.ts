import type { UnfedQueue } from '../operations/unfed-queues.ts'

/** What is said of a queue that is named, and that nobody feeds. Pure. */
export function unfedText({ queue, nearest }: UnfedQueue): string {
  const meant = nearest === null ? '' : `; did you mean '${nearest}'?`
  return `no job of queue '${queue}' is on record${meant}`
}
