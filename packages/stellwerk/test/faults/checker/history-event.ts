import type { StationEvent } from '../../../src/client/work-options.ts'

/** What a job of a fault test is told to do. */
export interface FaultPayload {
  /** Its own among all dispatched: two rows of one key are a dispatch that was done twice. */
  readonly key: string
  /** Length of a run, ms. */
  readonly ms: number
  /** Runs that throw before one succeeds. */
  readonly failures: number
  /** Kills the process that runs it. */
  readonly poison: boolean
}

/** A claim by its fence. */
export type ToldClaim = readonly [id: number, claimSeq: number]

/** What processes under a fault report, each as one line on their pipe; `at` is the machine's monotonic clock, ms. */
export type HistoryEvent = { readonly at: number } & (
  | { readonly e: 'ready'; readonly station: string }
  | { readonly e: 'identity'; readonly station: string }
  | { readonly e: 'claimed'; readonly claims: readonly ToldClaim[] }
  | { readonly e: 'point'; readonly name: string; readonly hasConnection: boolean }
  | { readonly e: 'aborted'; readonly id: number; readonly claimSeq: number }
  | { readonly e: 'acked'; readonly jobs: readonly (readonly [id: number, payload: FaultPayload])[] }
  | { readonly e: 'refused-dispatch'; readonly count: number; readonly code: string }
  | { readonly e: 'station'; readonly event: Exclude<StationEvent, { readonly kind: 'claimed' }> }
)

/** How a process under a fault is set up. */
export interface ProcessSetup {
  readonly address: { readonly store: string; readonly schema?: string }
  readonly stateDir: string
  readonly sinkPath: string
  readonly concurrency: number
  readonly leaseMs: number
  readonly seed: number
}
