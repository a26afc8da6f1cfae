/** Notifications between processes: only ever faster, never needed for anything to be right. */
export interface Wake {
  /** Calls `listener` when jobs may have become ready (dispatched, retried, promoted, given back), in this or another process; returns how to end it. Calls may be coalesced and spurious. */
  subscribe(listener: () => void): () => void
  /** How long a station may sleep without looking, ms: longer where notifications arrive, short where only polling is to be had. */
  readonly pollMs: number
}
