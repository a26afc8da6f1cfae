import { StellwerkError } from '../errors.ts'
import { checkName } from './queue-name.ts'

/** Where jobs that failed for good are kept instead of under their own queue: queues by job type, and by queue, where '*' stands for every queue that is not named. */
export interface DeadLetters {
  readonly types: Readonly<Record<string, string>>
  readonly queues: Readonly<Record<string, string>>
}

/** Every failed job stays under its own queue. */
export const noDeadLetters: DeadLetters = { types: {}, queues: {} }

/** The dead-letter queue of a job: its type's, else its queue's, else that of all; null where nobody names one, and where it is the queue that the job is in. Pure. */
export function deadLetterOf({ types, queues }: DeadLetters, job: { queue: string; type: string }): string | null {
  const named = own(types, job.type) ?? own(queues, job.queue) ?? own(queues, '*')
  return named === undefined || named === job.queue ? null : named
}

/** A type may be named like what every object has. */
function own(names: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(names, key) ? names[key] : undefined
}

/** Dead-letter queues by queue, as given. @throws OPTION_INVALID for a name that is none, and for a queue that names itself */
export function checkDeadLetters(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `deadLetters: ${String(given)} is no choice of queues; give { emails: 'emails-dead', '*': 'dead' }`,
    )
  }
  for (const [queue, deadLetter] of Object.entries(given)) {
    if (queue !== '*') checkName(queue, 'queue')
    checkDeadLetter(queue, deadLetter)
  }
  return given
}

/** The name of a dead-letter queue for jobs of `queue`. @throws OPTION_INVALID for a name that is none, and for the queue itself */
export function checkDeadLetter(queue: string | undefined, deadLetter: unknown): string {
  const name = checkName(deadLetter, 'queue')
  if (name !== queue) return name
  throw new StellwerkError(
    'OPTION_INVALID',
    `queue '${queue}' names itself as its dead-letter queue; name another, such as '${queue}-dead', or leave it out to keep failed jobs where they ran`,
  )
}
