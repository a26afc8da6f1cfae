import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'
import type { Messages } from '../../i18n/messages.ts'

/** The queue of a job in a list; of one in a dead-letter queue with the one it came from. */
export function queueOf({ queue, originQueue }: Job, words: Messages['jobs']): string {
  return originQueue === null ? queue : words.keptIn(queue, originQueue)
}
