import type { StationEvent } from '../../../src/client/work-options.ts'

/** What a job of a storm is told to do. */
export interface StormPayload {
  /** Length of a run, ms. */
  readonly ms: number
  /** Runs that throw before one succeeds. */
  readonly failures: number
  /** Kills the process that runs it. */
  readonly poison: boolean
}

/** What processes of a storm report, each as one line on their pipe; `at` is the machine's monotonic clock, ms. */
export type StormEvent = { readonly at: number } & (
  | { readonly e: 'ready'; readonly station: string }
  | { readonly e: 'identity'; readonly station: string }
  | { readonly e: 'aborted'; readonly id: number; readonly claimSeq: number }
  | { readonly e: 'acked'; readonly jobs: readonly (readonly [id: number, payload: StormPayload])[] }
  | { readonly e: 'refused-dispatch'; readonly count: number; readonly code: string }
  | { readonly e: 'station'; readonly event: StationEvent }
)

/** How a process of a storm is set up. */
export interface StormSetup {
  readonly address: { readonly store: string; readonly schema?: string }
  readonly stateDir: string
  readonly sinkPath: string
  readonly concurrency: number
  readonly leaseMs: number
  readonly seed: number
}
