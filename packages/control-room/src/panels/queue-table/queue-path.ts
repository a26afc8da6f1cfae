import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'

/** The page of a queue, whatever its name holds. */
export function queuePath(queue: string): string {
  return `/queues/${encodeURIComponent(queue)}`
}

/** The list of the jobs of a queue that are in a state; of all states without one. */
export function jobsPath(queue: string, state?: Job['state']): string {
  const query = new URLSearchParams({ ...(state === undefined ? {} : { state }), queue })
  return `/jobs?${query}`
}
