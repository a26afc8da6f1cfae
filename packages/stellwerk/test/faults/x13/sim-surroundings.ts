import type { ClaimedJob } from '../../../src/storage/claim-store.ts'
import type { OpenedStore } from '../../../src/storage/conformance/store-harness.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'

/** Half an hour, so that a virtual day is a few thousand steps. */
export const simLeaseMs = 1_800_000

/** What others can find out of a simulated station. */
export interface SimPeer {
  readonly running: readonly { readonly id: number; readonly claimSeq: number }[]
}

/** What a simulated station finds around itself. */
export interface SimSurroundings {
  readonly opened: OpenedStore
  /** Virtual, monotonic. */
  readonly nowMs: number
  newId(): string
  /** The answer of a call, undefined where it is not known whether the call was done. */
  reach<T>(call: () => Promise<T>): Promise<T | undefined>
  /** A station goes by this id from now on. */
  noteIdentity(id: string, station: SimPeer): void
  peer(id: string): SimPeer | undefined
  livesInContact(id: string): boolean
  noteStart(job: ClaimedJob): void
  noteRun(job: ClaimedJob): void
  noteSettled(outcomes: readonly Outcome[], refused: readonly Outcome[]): void
  noteRescue(): void
}
