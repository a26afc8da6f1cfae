import type { Attempt, JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'

/** An error as a text that can be sent to somebody: which job, where it is to be seen, what was thrown, and from where. */
export function errorReport(
  job: Pick<JobDetail, 'id' | 'type' | 'queue' | 'tries'>,
  attempt: Attempt,
  address: string,
): string {
  const lines = [
    `Job ${job.id} ${job.type} (queue ${job.queue}), attempt ${attempt.attempt} of ${job.tries}`,
    `${attempt.finishedAt} on ${attempt.host}`,
    address,
    '',
    attempt.stack?.includes(attempt.message) === true ? attempt.stack : `${attempt.errorClass}: ${attempt.message}`,
  ]
  if (attempt.stack !== null && !attempt.stack.includes(attempt.message)) lines.push(attempt.stack)
  for (const cause of attempt.causes) lines.push(`Caused by ${cause.errorClass}: ${cause.message}`)
  return lines.join('\n')
}
