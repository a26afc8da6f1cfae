/** Notifications between processes: only ever faster, never needed for anything to be right. */
export interface Wake {
  /** Calls `listener` when jobs may have become ready (dispatched, retried, promoted, given back), in this or another process; returns how to end it. Calls may be coalesced and spurious. */
  subscribe(listener: () => void): () => void
  /** How long a station may sleep without looking, ms: longer where notifications arrive, short where only polling is to be had. */
  readonly pollMs: number
  /** How much later than one process another may hear of the same job once nothing is held back, about, ms. */
  readonly apartMs: number
  /** Has others told at once what they would be told within a moment: this process leaves work to them. */
  hurry(): void
}
