import { MinuteMeter } from '../../src/domain/metrics/minute-meter.ts'
import type { ClaimedJob } from '../../src/storage/claim-store.ts'
import { completedOf, failedOf, retryingOf } from '../../src/storage/conformance/sample-records.ts'
import { at, claimJobs, dispatchJobs, dispatchMany, startStation } from '../../src/storage/conformance/store-steps.ts'
import type { Outcome } from '../../src/storage/outcome-store.ts'
import type { Store } from '../../src/storage/store.ts'

/** Ids of jobs in every state that a job can be in. */
export interface JobHistory {
  readonly completed: number
  readonly failed: readonly number[]
  readonly retrying: number
  readonly processing: number
  readonly pending: readonly number[]
  readonly scheduled: number
  readonly cancelled: number
}

/** Settles with the figures of a station, and a line of each job. */
export async function settleMeasured(
  store: Store,
  jobs: readonly ClaimedJob[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const meter = new MinuteMeter('station-a')
  const line = (job: ClaimedJob): string =>
    `${JSON.stringify({ at: job.claimedAt, kind: 'log', level: 'info', message: `working on ${job.id}`, fields: { id: job.id } })}\n`
  await store.outcomes.settle({
    stationId: 'station-a',
    outcomes,
    logs: jobs.map((job) => ({
      jobId: job.id,
      claimSeq: job.claimSeq,
      attempt: job.attempt,
      chunk: 0,
      dropBelowChunk: 0,
      lines: line(job),
    })),
    metrics: (won, now) => meter.stage(won, now),
  })
}

/** One job of type send on queue mail in each state, three failed ones, two ready ones, and a ready one on queue slow that nobody runs. */
export async function makeHistory(store: Store): Promise<JobHistory> {
  await startStation(store, { queues: ['mail'] })
  const [completed, retrying, one, two, three, processing] = await dispatchMany(store, 6)
  const claimed = await claimJobs(store, 'station-a', 6)
  const outcomes = [
    completedOf(at(claimed, 0)),
    retryingOf(at(claimed, 1)),
    ...claimed.slice(2, 5).map((job) => failedOf(job)),
  ]
  await settleMeasured(store, claimed, outcomes)
  const [first, second, scheduled, cancelled, slow] = await dispatchJobs(
    store,
    {},
    {},
    { delayMs: 60_000 },
    {},
    { queue: 'slow', type: 'noop' },
  )
  await store.jobs.cancel(Number(cancelled))
  return {
    completed: Number(completed),
    failed: [one, two, three].map(Number),
    retrying: Number(retrying),
    processing: Number(processing),
    pending: [first, second, slow].map(Number),
    scheduled: Number(scheduled),
    cancelled: Number(cancelled),
  }
}
