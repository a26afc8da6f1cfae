import type { JobState } from './job-state.ts'

/** What a job tells of its budget. */
export interface SpentBudget {
  readonly state: JobState
  /** Failed attempts since the dispatch, or since the last retry by hand. */
  readonly failures: number
}

/**
 * Tries of the present budget that have begun: `triesBegun` of `tries`, such as 1/3. A retry by hand gives a fresh budget and begins at 0 again, while `attempt` goes on
 * counting; a crash and what was given back use no try. Pure.
 */
export function triesBegun({ state, failures }: SpentBudget): number {
  return failures + (state === 'processing' || state === 'completed' ? 1 : 0)
}
