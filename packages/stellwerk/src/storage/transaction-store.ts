import type { DispatchGroup } from './dispatch-store.ts'
import type { CompletedOutcome, ProgressUpdate } from './outcome-store.ts'
import type { Transaction } from './transaction.ts'

/** T5 of one claim, with the newest progress that is not stored yet. */
export interface Completion {
  readonly outcome: CompletedOutcome
  readonly progress: ProgressUpdate | null
}

/** A claim to be looked up; `claimedAt` (Unix ms) bounds the search in the history. */
export interface ClaimRef {
  readonly id: number
  readonly claimSeq: number
  readonly claimedAt: number
}

/**
 * What has become of a claim: `completed` under this very claim; `held`, still processing with nobody writing it; `undecided` while a transaction that may end
 * it is open; `lost` to a rescue or to another end.
 */
export type ClaimEnd = 'completed' | 'held' | 'undecided' | 'lost'

/** Where a dispatch in another's transaction also sends the wake-up. */
export interface ForeignDispatch {
  /** Put one notification into the transaction, which the server sends at its commit. Without effect on SQLite, whose stations see the commit itself. */
  readonly wake: boolean
}

/**
 * Role of an application that works in a transaction of its own. Nothing here commits or rolls back, and apart from the claim's own row nothing is updated or
 * locked that another transaction could wait for. On SQLite the caller holds the only write lock, so counters are written at once.
 */
export interface TransactionStore {
  /**
   * Inserts the group with its receipt and counters into `tx`, all or none; ids in input order. They exist once the caller has committed.
   * @throws TRANSACTION_INVALID, CLOSED, STORE_BUSY, STORE_NOT_WRITABLE, STORE_FULL, STORE_UNREACHABLE; on PostgreSQL the transaction is then aborted
   */
  insertJobs(tx: Transaction, group: DispatchGroup, options: ForeignDispatch): Promise<readonly number[]>
  /**
   * T5 under its fence in `tx`: history, payload and result, counters, and a minute row of its own. No claim is completed twice.
   * @throws CLAIM_LOST where the claim is not the newest or not processing, with nothing written; else as insertJobs
   */
  complete(tx: Transaction, completion: Completion): Promise<void>
  /** What has become of a claim that `complete` was called for, seen from outside the caller's transaction. */
  claimEnd(claim: ClaimRef): Promise<ClaimEnd>
}
