import type { WorkerOrder } from '../../../../stellwerk/src/http/schemas/worker-order.ts'

/** What is known of a job that may be told to stop. */
export interface CancelSource {
  readonly id: string
  readonly state: string
  readonly claimedAt: string | null
}

/** The newest order to cancel the run of this job that goes on now; one for a run before does not count. Pure. */
export function cancelOrder({ id, claimedAt }: CancelSource, orders: readonly WorkerOrder[]): WorkerOrder | null {
  const since = claimedAt === null ? 0 : Date.parse(claimedAt)
  const own = orders.filter(
    ({ kind, job, givenAt }) => kind === 'cancel_job' && job === id && Date.parse(givenAt) >= since,
  )
  return own.toSorted((one, other) => Date.parse(other.givenAt) - Date.parse(one.givenAt))[0] ?? null
}
