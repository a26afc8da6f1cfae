import type { ActorKind } from '../domain/actor.ts'

/** How an action ended: done; refused by a state or a wrong value; denied for want of a permission; failed, since the store or we could not. */
export type AuditOutcome = 'done' | 'refused' | 'denied' | 'failed'

/** What is recorded of an action. `filter`, `before` and `after` are small JSON texts; `reason` is the code of an error. */
export interface NewAuditEntry {
  readonly actorKind: ActorKind
  readonly actorName: string
  readonly tokenId: number | null
  readonly ip: string | null
  readonly requestId: string | null
  readonly action: string
  readonly target: string
  readonly filter: string | null
  readonly before: string | null
  readonly after: string | null
  readonly count: number | null
  readonly outcome: AuditOutcome
  readonly reason: string | null
}

/** A recorded action. Ids have no gaps, `at` (Unix ms) never goes back, and each hash covers the row and the hash before it. */
export interface AuditEntry extends NewAuditEntry {
  readonly id: number
  readonly at: number
  readonly previousHash: string
  readonly hash: string
}

/** Which entries; every field narrows. Newest first. `from` inclusive, `to` exclusive, Unix ms. */
export interface AuditFilter {
  readonly from?: number
  readonly to?: number
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly outcome?: AuditOutcome
  /** Keyset cursor: only ids below. */
  readonly beforeId?: number
  /** 1 to 200. */
  readonly limit: number
}

/** Where the chain begins and ends. The anchor stands for the entries that retention has removed: the id, time and hash of the last of them. */
export interface AuditChain {
  readonly anchorId: number
  readonly anchorAt: number | null
  readonly anchorHash: string
  readonly lastId: number
  readonly lastHash: string
}

/** Role of everyone who writes or reads the audit log. Rows go by retention alone, see RetentionStore. */
export interface AuditStore {
  /** One short transaction, one at a time over all processes; returns the id. */
  append(entry: NewAuditEntry): Promise<number>
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>
  /** Entries above `afterId`, oldest first: for the walk along the chain. */
  after(afterId: number, limit: number): Promise<readonly AuditEntry[]>
  chain(): Promise<AuditChain>
}
