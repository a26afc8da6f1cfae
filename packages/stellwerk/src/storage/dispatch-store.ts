import type { ClaimedJob } from './claim-store.ts'

/** One job to insert. Texts are checked before they come here: the payload is well-formed JSON within the limits. */
export interface NewJob {
  readonly type: string
  readonly typeVersion: number
  readonly queue: string
  /** -100 to 100. */
  readonly priority: number
  /** One unit brings the job one second forward within its priority. */
  readonly weight: number
  readonly payload: string
  /** JSON of JobOverrides, null where nothing is overridden. */
  readonly options: string | null
  /** ms from now; ignored where `runAt` is set. A job due later than now is born scheduled. */
  readonly delayMs: number
  readonly runAt: number | null
  /** Effective tries at dispatch, for display; the definition decides at failure time. */
  readonly tries: number
  readonly maxCrashes: number
  readonly parentId: number | null
  readonly runId: string | null
}

/** Jobs that share one commit. `token` is unique per group and settles an unclear commit. */
export interface DispatchGroup {
  readonly token: string
  readonly jobs: readonly NewJob[]
}

/** What became of a group that a station was to have at once. */
export interface ClaimedInsert {
  /** In input order. */
  readonly ids: readonly number[]
  /** All jobs of the group, in the hands of the station; empty: they wait as usual; null: not known, what the station holds has to be looked up. */
  readonly claimed: readonly ClaimedJob[] | null
}

/** Role of an application that dispatches. */
export interface DispatchStore {
  /**
   * Atomic and durable: inserts all jobs of the group with its receipt, tallies and wake-up in one transaction, and returns their ids in input order.
   * Idempotent by `token`: after a commit whose outcome was lost the receipt is looked up, and the group is inserted only if it is not there.
   * @throws STORE_BUSY after 5 s of waiting for the SQLite writer; STORE_UNREACHABLE when the server did not answer within the time the driver allows
   */
  insertJobs(group: DispatchGroup): Promise<readonly number[]>
  /**
   * As insertJobs, and T1 with T3 in one: the jobs are born processing in the hands of `stationId`, if its row is alive and all of them are due; a group that is
   * known already, or holds jobs of several shapes, is not claimed. Nobody is woken for jobs that are claimed. @throws as insertJobs
   */
  insertClaimed(group: DispatchGroup, stationId: string): Promise<ClaimedInsert>
  /** Deletes receipts older than `olderThanMs`, at most `limit`; returns how many. Idempotent. */
  sweepReceipts(olderThanMs: number, limit: number): Promise<number>
}
