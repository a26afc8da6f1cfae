import type { Migration } from './migration.ts'

/** The queue that a failed job ran in, where it is kept under a dead-letter queue. An older program neither writes nor reads it: it retries such a job into the queue where it lies. */
export const deadLetters: Migration = {
  version: 7,
  name: 'dead-letter queues',
  oldestProgram: 1,
  text: /* sql */ `ALTER TABLE failed_job ADD COLUMN origin_queue TEXT`,
}
