import type { Failure } from '../domain/job/failure.ts'

/**
 * Which failed jobs a bulk action touches; every field narrows, none = all (an empty list of ids or queues = none). Ids from `fromId` to `toId`, both
 * inclusive; times in Unix ms of the failure, `failedFrom` inclusive, `failedTo` exclusive.
 */
export interface FailedSelection {
  readonly ids?: readonly number[]
  readonly fromId?: number
  readonly toId?: number
  readonly queue?: string
  readonly queues?: readonly string[]
  readonly type?: string
  readonly failedFrom?: number
  readonly failedTo?: number
}

/** One taking of a `failed` hook: whoever does not hold it any more changes nothing. */
export interface HookRef {
  readonly id: number
  readonly claimSeq: number
  readonly stationId: string
}

/** What became of a taken hook: it ran, whatever it did; its process died in it; nobody was there to begin it. */
export type HookEnd = 'ran' | 'lost' | 'unbegun'

/** A failed job whose `failed` hook this caller has taken. */
export interface TakenHook extends HookRef {
  /** How often it was begun, this time included. */
  readonly hookRun: number
  readonly type: string
  readonly typeVersion: number
  readonly queue: string
  readonly priority: number
  readonly createdAt: number
  readonly runAt: number
  readonly parentId: number | null
  readonly runId: string | null
  readonly payload: string
  readonly attempt: number
  /** Of the attempt that ended it; causes are those of its attempt row. */
  readonly failure: Failure
}

/** Role of bulk actions over failed jobs. */
export interface FailedJobStore {
  count(selection: FailedSelection): Promise<number>
  /** T10 for up to `limit` matching jobs with id above `afterId`, in id order, one transaction; returns how many and the last id (null: none left). */
  retryNext(selection: FailedSelection, step: BulkStep): Promise<BulkProgress>
  /** T11 for up to `limit` matching jobs, as retryNext. */
  forgetNext(selection: FailedSelection, step: BulkStep): Promise<BulkProgress>
  /** Guarded: each due hook is taken once, also by callers at once, and no more once its job was retried. Takes up to `limit` due hooks of these types in the name of a station, so that no other one runs them. */
  takeHooks(types: readonly string[], limit: number, stationId: string): Promise<readonly TakenHook[]>
  /** Guarded, idempotent: lets go of a taken hook. One that was lost is due again until it was begun `maxHookRuns` times; an unbegun one at once. Returns whether it is due. */
  endHook(hook: HookRef, end: HookEnd): Promise<boolean>
  /** Guarded: hooks of stations that are no longer alive are due again, but for those begun `maxHookRuns` times: returns the ids of these, once. */
  returnLostHooks(): Promise<readonly number[]>
}

/** Where a bulk action goes on. Actions run in steps so that no transaction grows long. */
export interface BulkStep {
  readonly afterId: number
  readonly limit: number
}

/** What one step did. `lastId` is the last id it touched, null when it touched none: a caller goes on after it until it is null. */
export interface BulkProgress {
  readonly changed: number
  readonly lastId: number | null
}
