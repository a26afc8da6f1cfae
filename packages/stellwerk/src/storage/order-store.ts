import type { WorkerOrder } from '../domain/worker/worker-order.ts'

/** An order as it is given. */
export interface NewOrder
  extends Pick<
    WorkerOrder,
    'stationId' | 'kind' | 'pool' | 'workerId' | 'processes' | 'jobId' | 'claimSeq' | 'byKind' | 'byName'
  > {
  /** From now on, ms: unanswered by then, it is expired. */
  readonly lifetimeMs: number
}

/** Which orders a list shows; every field narrows. */
export interface OrderFilter {
  readonly stationId?: string
  readonly ids?: readonly number[]
  readonly pendingOnly?: boolean
  readonly limit: number
}

/** Role of those who tell stations something, and of the stations. */
export interface OrderStore {
  /** Atomic, all or none; wakes stations. In the order given. */
  give(orders: readonly NewOrder[]): Promise<readonly WorkerOrder[]>
  /** What a station has to do now: neither answered nor expired, oldest first, at most 100. */
  pending(stationId: string): Promise<readonly WorkerOrder[]>
  /** Guarded: false where it was answered or has expired before. */
  answer(id: number, answer: { readonly state: 'done' | 'refused'; readonly answer: string | null }): Promise<boolean>
  /** Newest first. What has run out of time is shown as expired, whether or not anybody swept. */
  list(filter: OrderFilter): Promise<readonly WorkerOrder[]>
  /** Idempotent: whatever has run out of time is expired; returns how many became so. */
  expire(): Promise<number>
  /** Deletes orders given longer ago than that; returns how many. */
  prune(olderThanMs: number): Promise<number>
}
