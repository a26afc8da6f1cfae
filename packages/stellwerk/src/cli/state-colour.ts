import type { JobState } from '../domain/job/job-state.ts'
import type { Colour } from './output.ts'

const colours: Readonly<Record<JobState, Colour | null>> = {
  scheduled: 'dim',
  pending: null,
  blocked: 'yellow',
  processing: 'cyan',
  retrying: 'yellow',
  completed: 'green',
  failed: 'red',
  cancelled: 'dim',
}

/** The colour of a state, null for none; the word itself always stands beside it. */
export function stateColour(state: JobState): Colour | null {
  return colours[state]
}
