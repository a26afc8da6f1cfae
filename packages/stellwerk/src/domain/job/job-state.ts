/** The eight states of a job, in the order in which pages list them. */
export const jobStates = [
  'scheduled',
  'pending',
  'blocked',
  'processing',
  'retrying',
  'completed',
  'failed',
  'cancelled',
] as const

/** One of {@link jobStates}. */
export type JobState = (typeof jobStates)[number]

/** States of a row in the live table; the others live in `failed_job` and `finished_job`. */
export type LiveState = Exclude<JobState, 'completed' | 'failed' | 'cancelled'>

/** States in which a job waits: it can be cancelled, deleted and given another priority at once. */
export const waitingStates = ['scheduled', 'pending', 'blocked', 'retrying'] as const satisfies readonly JobState[]
