import { type JobState, waitingStates } from './job-state.ts'

/** What a person can do with a job. */
export const jobActions = ['retry', 'cancel', 'delete', 'prioritize'] as const

/** One of {@link jobActions}. */
export type JobAction = (typeof jobActions)[number]

/** What is possible with a job in this state; a job can only be retried while its payload is kept. Pure. */
export function possibleActions(state: JobState, isPayloadKept: boolean): readonly JobAction[] {
  if (state === 'processing') return ['cancel']
  if ((waitingStates as readonly JobState[]).includes(state)) return ['cancel', 'delete', 'prioritize']
  return isPayloadKept ? ['retry', 'delete'] : ['delete']
}
