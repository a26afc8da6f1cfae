/**
 * Step 10: the queue that a failed job ran in, where it is kept under a dead-letter queue. An older program neither writes nor reads it: it retries such a job into the
 * queue where it lies.
 */
export function deadLetters(s: string): string {
  return `ALTER TABLE ${s}.failed_job ADD COLUMN origin_queue text COLLATE "C"`
}
