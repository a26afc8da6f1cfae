import { StellwerkError } from '../domain/errors.ts'
import { stopMessages } from '../domain/job/stop-messages.ts'
import type { Attempt, StopCause } from './attempt.ts'
import type { AbortCause } from './executor.ts'

/** What the signal of an attempt is aborted with, and what is kept as its failure. */
export function stopError({ start }: Pick<Attempt, 'start'>, cause: StopCause): Error {
  const { job, rules } = start
  const said = {
    timeout: ['TimeoutError', stopMessages.timeout(job.id, rules.timeoutMs)],
    memory: ['MemoryError', stopMessages.memory(job.id)],
    cancelled: ['CancelledError', stopMessages.cancelled(job.id)],
  } as const
  const [name, message] = said[cause]
  const error = new Error(message)
  error.name = name
  return error
}

/** What every signal is aborted with when the station gives up what runs. */
export function abandonError(cause: AbortCause): StellwerkError {
  return new StellwerkError(
    'STATION_LOST',
    cause === 'shutdown'
      ? 'the station stops; the job goes back to its queue'
      : 'the station lost its lease; the job runs elsewhere',
  )
}
