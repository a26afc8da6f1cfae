import type { JobSummary } from '../domain/job/job-record.ts'
import type { FailedSelection } from './failed-job-store.ts'
import type { JobPage } from './job-store.ts'

/** Which page of a selection of failed jobs, newest id first. */
export interface FailedPageFilter {
  readonly selection: FailedSelection
  /** Keyset cursor: only ids below. */
  readonly beforeId?: number
  /** 1 to 200. */
  readonly limit: number
}

/** How many, exact or only the least there is. */
export interface BoundedCount {
  readonly count: number
  readonly isCapped: boolean
}

/** Jobs in the hands of one station. */
export interface HeldJobs {
  readonly stationId: string
  readonly processing: number
}

/** Role of whoever shows pages: reads that no station needs, each bounded whatever the tables hold. */
export interface PageStore {
  /** The jobs in the hands of stations for the longest time, longest first; of these queues where some are named. Reads only what is processing. */
  longestRunning(limit: number, queues?: readonly string[]): Promise<readonly JobSummary[]>
  /** How many jobs each station has in its hands; those without any are left out. */
  held(): Promise<readonly HeldJobs[]>
  /** The jobs that exist of up to 1,000 ids, whatever their state, newest first. */
  jobsById(ids: readonly number[]): Promise<readonly JobSummary[]>
  /** A page of failed jobs. A selection that no index serves looks through 100,000 rows, as JobStore.list does. */
  failedPage(filter: FailedPageFilter): Promise<JobPage>
  /** How many failed jobs a selection holds, counted up to `atMost` and among the newest 100,000 alone. */
  countFailed(selection: FailedSelection, atMost: number): Promise<BoundedCount>
  /** The oldest minute of figures that is not rolled into its hour yet, Unix ms; null where there is none. */
  oldestUnrolled(): Promise<number | null>
}
