import type { ClaimedJob } from '../storage/claim-store.ts'
import type { NewJob } from '../storage/dispatch-store.ts'

/** Room that a station of this process keeps for a group of jobs while they are inserted. Exactly one of its methods is called, once. */
export interface DirectOffer {
  readonly stationId: string
  /** The jobs are in the station's hands: they start. */
  take(jobs: readonly ClaimedJob[]): void
  /** Nothing came of it. */
  release(): void
  /** What came of it is not known: the station looks what it holds. */
  doubt(): void
}

/** A station of this process that can have jobs at once, in the transaction that inserts them. */
export interface DirectTaker {
  /** Room for all of `jobs`; undefined: they go the usual way. */
  offer(jobs: readonly NewJob[]): DirectOffer | undefined
}
