import type { ClaimHolds } from '../domain/queue/queue-pause.ts'

/** A pause as it is asked for. */
export interface NewPause {
  readonly queue: string
  readonly by: string
  readonly reason: string | null
  /** From now on; null = until somebody resumes the queue. */
  readonly forMs: number | null
}

/** Role of whoever holds jobs back, and of those who must know. */
export interface QueueSettingStore {
  /** Holds, whatever the queue holds: it may hold nothing yet. A pause that holds already keeps its beginning, and has the rest from this call. Atomic. */
  pause(pause: NewPause): Promise<void>
  /** Guarded: false where no pause held. Wakes stations. */
  resume(queue: string): Promise<boolean>
  /** On, with who and why; null = off. False where it was off already; on again, it keeps its beginning. Wakes stations. */
  setMaintenance(maintenance: { readonly by: string; readonly reason: string | null } | null): Promise<boolean>
  /** One small read: what holds at the store's now, pauses by queue. */
  holds(): Promise<ClaimHolds>
}
