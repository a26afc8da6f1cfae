import type { RetentionKind } from '../domain/retention/retention.ts'

/** Which rows are due: of one kind, older than `olderThanMs` by the database's clock. */
export interface Expiry {
  readonly kind: RetentionKind
  readonly olderThanMs: number
}

/** What one step did. */
export interface PruneStep {
  /** Rows of the kind that are gone; what belongs to them (lines, attempts) is not counted. */
  readonly removed: number
  /** Nothing is left to do for now. */
  readonly isDone: boolean
}

/** Role of the pruner. Each call is one short transaction, safe beside stations and other pruners. */
export interface RetentionStore {
  /** One step: at most `limit` rows, or in PostgreSQL one partition whose last row is old enough. Counters move with the rows; what is not rolled up stays. */
  prune(expiry: Expiry, limit: number): Promise<PruneStep>
  /** How many rows a run of `prune` to its end would remove. A scan: for people who ask. */
  expired(expiry: Expiry): Promise<number>
  /** Gives at most `pages` free pages of the file back to the system; returns how many. 0 where the store does it by itself. */
  compact(pages: number): Promise<number>
}
