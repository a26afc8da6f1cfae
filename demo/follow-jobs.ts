import { setTimeout as pause } from 'node:timers/promises'
import type { JobState, Stellwerk } from 'stellwerk'

const pollMs = 100
const openStates: readonly JobState[] = ['scheduled', 'pending', 'blocked', 'processing', 'retrying']

/** Counts over all queues. */
export interface JobCounts {
  readonly completed: number
  readonly failed: number
  readonly retrying: number
  /** Neither completed nor failed nor cancelled. */
  readonly open: number
}

/** How the jobs are followed. */
export interface Follow {
  /** Whoever dispatches: nothing is over before this is. */
  readonly dispatching: Promise<void>
  readonly interrupted: AbortSignal
  /** Shows the counts; returns the seconds since the start. `last` is true once. */
  show(counts: JobCounts & { readonly last: boolean }): number
}

/** Watches the counters until everything is dispatched and done, or it is interrupted; returns the seconds it took. */
export async function followJobs(stellwerk: Stellwerk, { dispatching, interrupted, show }: Follow): Promise<number> {
  let dispatched = false
  const watch = async (): Promise<number> => {
    for (;;) {
      const allDispatched = dispatched // read before the counts, which may be older than it
      const counts = await countJobs(stellwerk)
      const last = interrupted.aborted || (allDispatched && counts.open === 0)
      const seconds = show({ ...counts, last })
      if (last) return seconds
      await pause(pollMs)
    }
  }
  const [seconds] = await Promise.all([
    watch(),
    dispatching.then(() => {
      dispatched = true
    }),
  ])
  return seconds
}

async function countJobs(stellwerk: Stellwerk): Promise<JobCounts> {
  const queues = await stellwerk.queues()
  const sum = (states: readonly JobState[]): number =>
    queues.reduce((total, { counts }) => total + states.reduce((part, state) => part + counts[state], 0), 0)
  return { completed: sum(['completed']), failed: sum(['failed']), retrying: sum(['retrying']), open: sum(openStates) }
}
