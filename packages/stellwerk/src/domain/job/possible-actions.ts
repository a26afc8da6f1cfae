import type { Permission } from '../access/permission.ts'
import { type JobState, waitingStates } from './job-state.ts'

/** What a person can do with a job. */
export const jobActions = ['retry', 'cancel', 'delete', 'prioritize', 'archive', 'release'] as const

/** One of {@link jobActions}. */
export type JobAction = (typeof jobActions)[number]

/** The permission that each action needs. */
export const actionPermissions: Readonly<Record<JobAction, Permission>> = {
  retry: 'job:retry',
  cancel: 'job:cancel',
  delete: 'job:delete',
  prioritize: 'job:prioritize',
  archive: 'job:archive',
  release: 'job:archive',
}

/** What is possible with a job in this state; a job can only be retried while its payload is kept, and only what is archived is released. Pure. */
export function possibleActions(state: JobState, isPayloadKept: boolean, isArchived = false): readonly JobAction[] {
  if (state === 'processing') return ['cancel']
  if ((waitingStates as readonly JobState[]).includes(state)) return ['cancel', 'delete', 'prioritize']
  const ended: readonly JobAction[] = isPayloadKept ? ['retry', 'delete'] : ['delete']
  if (state === 'failed') return ended
  return [...ended, isArchived ? 'release' : 'archive']
}
