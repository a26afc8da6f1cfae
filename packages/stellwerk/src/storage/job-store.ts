import type { AttemptRecord, JobRecord, JobSummary } from '../domain/job/job-record.ts'
import type { JobState } from '../domain/job/job-state.ts'

/** Which jobs a list shows; every field narrows. Newest id first. `createdFrom` is inclusive, `createdTo` exclusive. */
export interface JobFilter {
  readonly states?: readonly JobState[]
  readonly queue?: string
  /** Any of these; an empty list = none. */
  readonly queues?: readonly string[]
  readonly type?: string
  /** Any of these; an empty list = none. */
  readonly types?: readonly string[]
  /** One of them has to fit: of a type, of a queue, or failed with an error that holds the text. Looks through 25,000 rows of each table at most. */
  readonly match?: JobMatch
  readonly createdFrom?: number
  readonly createdTo?: number
  /** True: only archived jobs; false: only others. */
  readonly archived?: boolean
  /** Keyset cursor: only ids below. */
  readonly beforeId?: number
  /** 1 to 200. */
  readonly limit: number
}

/** What a person searches for, as far as it is known what it may be. */
export interface JobMatch {
  readonly types: readonly string[]
  readonly queues: readonly string[]
  /** Part of the class or the message of a failed job's error; upper and lower case of ASCII alike. */
  readonly error: string
}

/**
 * One page. `scanned` is the bound of rows looked at where the filter needed a scan of each table (100,000, fewer for a search), else null. `nextBeforeId` goes on behind the last job, or
 * behind the rows looked at, and is null where there is nothing more: after a scan a page may be short and yet not the last.
 */
export interface JobPage {
  readonly jobs: readonly JobSummary[]
  readonly nextBeforeId: number | null
  readonly scanned: number | null
}

/** One chunk of lines as stored, in (claimSeq, chunk) order. */
export interface LogChunk {
  readonly claimSeq: number
  readonly attempt: number
  readonly chunk: number
  readonly lines: string
}

/** What became of an order about one job: the state it was found in where the guard refused. */
export type ChangeResult =
  | { readonly changed: true }
  | { readonly changed: false; readonly state: JobState | null; readonly reason: 'absent' | 'state' | 'payload_gone' }

/** Who runs a job, and under which fence. */
export interface RunningClaim {
  readonly stationId: string
  readonly claimSeq: number
}

/** Role of everyone who looks at jobs or moves one by hand. */
export interface JobStore {
  /** One UNION ALL over the tables, so a job that moves is never missed. */
  find(id: number): Promise<JobRecord | undefined>
  list(filter: JobFilter): Promise<JobPage>
  attempts(id: number): Promise<readonly AttemptRecord[]>
  logs(id: number): Promise<readonly LogChunk[]>
  /** Guarded: only a waiting job changes its priority; its position stays, in another lane. */
  setPriority(id: number, priority: number): Promise<ChangeResult>
  /** T9, guarded: a waiting job moves to finished_job as cancelled. */
  cancel(id: number): Promise<ChangeResult>
  /**
   * The first half of T9 for a running job, guarded: whatever ends its claim without completing or failing it for good cancels it. Returns the claim, so that its station
   * can be told; undefined where it does not run. Idempotent.
   */
  requestCancel(id: number): Promise<RunningClaim | undefined>
  /** T11, guarded: a waiting or finished or failed job is removed with its attempts and logs; a processing one is refused. */
  forget(id: number): Promise<ChangeResult>
  /**
   * T10, guarded: a failed, cancelled or completed job goes back to pending, due now, with a fresh budget (failures, exceptions, crashes); id, claim_seq,
   * attempt, attempts and logs go on. Needs its payload; a hook still due is dropped.
   */
  retry(id: number): Promise<ChangeResult>
}
