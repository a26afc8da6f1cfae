import type { LaneHead, LaneShare } from '../domain/queue/lane.ts'

/** What a claim asks for: lanes in claiming order, each with its own bound, and `limit` over all of them. */
export interface ClaimRequest {
  readonly stationId: string
  /** No lane twice. The sum of their limits may exceed `limit`: earlier shares go first. */
  readonly shares: readonly LaneShare[]
  readonly limit: number
}

/** A job in the hands of this station; `claimSeq` fences every write about it. */
export interface ClaimedJob {
  readonly id: number
  readonly type: string
  readonly typeVersion: number
  readonly queue: string
  readonly priority: number
  readonly inBatch: boolean
  readonly payload: string
  readonly options: string | null
  readonly attempt: number
  readonly tries: number
  readonly failures: number
  readonly exceptions: number
  readonly crashes: number
  readonly claimSeq: number
  /** Runs alone, in an otherwise empty executor. */
  readonly solo: boolean
  readonly createdAt: number
  readonly runAt: number
  readonly claimedAt: number
  readonly position: number
  readonly parentId: number | null
  readonly runId: string | null
  readonly batchId: string | null
}

/** What one promotion did, and how long until the next job is due: 0 where more are due already, null where none is scheduled or retrying. */
export interface Promotion {
  readonly promoted: number
  readonly nextDueInMs: number | null
}

/** Role of a station that looks for work. */
export interface ClaimStore {
  /** The head of every lane that has a pending job, in no particular order. Cost grows with the lanes, not with the jobs. */
  laneHeads(): Promise<readonly LaneHead[]>
  /** Atomic (T3): marks jobs as processing, claim_seq + 1 and attempt + 1, only while this station's row is alive. Jobs come back in the order of the shares, within a lane by (position, id). */
  claim(request: ClaimRequest): Promise<readonly ClaimedJob[]>
  /** Idempotent (T2): moves up to `limit` due jobs (scheduled, retrying; run-at at or before now) to pending; their position stays. */
  promoteDue(limit: number): Promise<Promotion>
  /** T7: gives back what this station holds in the database but not in `kept` (a claim whose answer was lost); attempt restored. Returns how many. */
  releaseOthers(stationId: string, kept: readonly number[]): Promise<number>
}
