import { randomUUID } from 'node:crypto'
import type { JobRecord } from '../../domain/job/job-record.ts'
import type { JobState } from '../../domain/job/job-state.ts'
import type { LaneShare } from '../../domain/queue/lane.ts'
import type { ClaimedJob } from '../claim-store.ts'
import type { NewJob } from '../dispatch-store.ts'
import type { Outcome, SettleResult } from '../outcome-store.ts'
import type { NewStation } from '../station-store.ts'
import type { Store } from '../store.ts'
import { completedOf, failedOf, newJob, newStation, retryingOf } from './sample-records.ts'

/** The only element. @throws where there are none or several */
export function only<T>(items: readonly T[]): T {
  const [first, ...others] = items
  if (first === undefined || others.length > 0) throw new Error(`expected one element, found ${items.length}`)
  return first
}

/** The element at `index`. @throws where it is not there */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error(`no element at ${index} of ${items.length}`)
  return item
}

/** Dispatches one group and returns the ids in input order. */
export async function dispatchJobs(store: Store, ...jobs: readonly Partial<NewJob>[]): Promise<readonly number[]> {
  return await store.dispatch.insertJobs({ token: randomUUID(), jobs: jobs.map((job) => newJob(job)) })
}

/** Dispatches one job and returns its id. */
export async function dispatchJob(store: Store, job: Partial<NewJob> = {}): Promise<number> {
  return only(await dispatchJobs(store, job))
}

/** Dispatches `count` equal jobs and returns their ids. */
export async function dispatchMany(store: Store, count: number, job: Partial<NewJob> = {}): Promise<readonly number[]> {
  return await dispatchJobs(store, ...Array.from({ length: count }, () => job))
}

/** Registers a station and returns its id. */
export async function startStation(store: Store, changes: Partial<NewStation> = {}): Promise<string> {
  const station = newStation(changes)
  await store.stations.register(station)
  return station.id
}

/** A share of the lane of {@link newJob}, with what a test changes. */
export function share(changes: Partial<LaneShare> = {}): LaneShare {
  return { queue: 'mail', type: 'send', inBatch: false, priority: 0, limit: 1_000, ...changes }
}

/** Every lane with a waiting job, highest priority first, then by position. */
export async function openShares(store: Store, limit: number): Promise<readonly LaneShare[]> {
  const heads = await store.claims.laneHeads()
  return heads
    .toSorted((one, other) => other.priority - one.priority || one.position - other.position)
    .map(({ position: _, ...lane }) => ({ ...lane, limit }))
}

/** Claims up to `limit` jobs from every lane there is. */
export async function claimJobs(store: Store, stationId: string, limit = 1_000): Promise<readonly ClaimedJob[]> {
  return await store.claims.claim({ stationId, shares: await openShares(store, limit), limit })
}

/** Claims the one job that waits. @throws where none was won */
export async function claimJob(store: Store, stationId = 'station-a'): Promise<ClaimedJob> {
  return only(await claimJobs(store, stationId, 1))
}

/** Settles without logs and metrics. */
export async function settle(store: Store, ...outcomes: readonly Outcome[]): Promise<SettleResult> {
  return await store.outcomes.settle({ stationId: 'station-a', outcomes, logs: [], metrics: () => [] })
}

/** The job, which must be there. */
export async function findJob(store: Store, id: number): Promise<JobRecord> {
  const job = await store.jobs.find(id)
  if (job === undefined) throw new Error(`job ${id} is absent`)
  return job
}

/** The state of the job, null where it is absent. */
export async function stateOf(store: Store, id: number): Promise<JobState | null> {
  return (await store.jobs.find(id))?.state ?? null
}

/** States that a job can reach in this stage. */
export const reachableStates = [
  'scheduled',
  'pending',
  'processing',
  'retrying',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly JobState[]

/** A new job in this state, moved there by the port alone; `station-a` must be registered. */
export async function bringTo(store: Store, state: (typeof reachableStates)[number]): Promise<number> {
  const type = `to-${state}`
  const id = await dispatchJob(store, { type, delayMs: state === 'scheduled' ? 60_000 : 0 })
  if (state === 'scheduled' || state === 'pending') return id
  if (state === 'cancelled') {
    await store.jobs.cancel(id)
    return id
  }
  const job = only(await store.claims.claim({ stationId: 'station-a', shares: [share({ type })], limit: 1 }))
  if (state === 'retrying') await settle(store, retryingOf(job, { delayMs: 60_000 }))
  if (state === 'completed') await settle(store, completedOf(job))
  if (state === 'failed') await settle(store, failedOf(job))
  return id
}

/** A failed job of this kind; `station-a` must be registered and the lane else empty. */
export async function bringToFailed(store: Store, job: Partial<NewJob> = {}): Promise<number> {
  const made = newJob(job)
  const id = await dispatchJob(store, job)
  const { queue, type, priority } = made
  const claimed = only(
    await store.claims.claim({ stationId: 'station-a', shares: [share({ queue, type, priority })], limit: 1 }),
  )
  await settle(store, failedOf(claimed))
  return id
}
