import type { JobState } from '../job/job-state.ts'

/** How many jobs of a queue and type are in a state now; completed and cancelled count what history still holds, and go down as it is pruned: how many ever ended is in the metrics. */
export interface Tally {
  readonly queue: string
  readonly type: string
  readonly state: JobState
  readonly count: number
}
