import type { PeerScenario } from './run-result.ts'

/** A ratio that ours is to reach against a peer in the same round. */
export interface RatioTarget {
  readonly scenario: PeerScenario
  readonly ours: string
  readonly peer: string
  readonly atLeast: number
}

/** A time that ours is to stay within. */
export interface TimeTarget {
  readonly ours: string
  readonly figure: string
  readonly atMostMs: number
}

/** What Stellwerk sets itself as ratios. */
export const ratioTargets: readonly RatioTarget[] = [
  { scenario: 'drain', ours: 'stellwerk-sqlite', peer: 'bullmq', atLeast: 4 },
  { scenario: 'drain', ours: 'stellwerk-postgres', peer: 'graphile-worker', atLeast: 1.5 },
  { scenario: 'drain', ours: 'stellwerk-sqlite-processes', peer: 'bullmq', atLeast: 3 },
  { scenario: 'drain', ours: 'stellwerk-postgres-processes', peer: 'graphile-worker', atLeast: 1.2 },
  { scenario: 'enqueue-bulk', ours: 'stellwerk-sqlite', peer: 'bullmq', atLeast: 5 },
  { scenario: 'enqueue-bulk', ours: 'stellwerk-postgres', peer: 'graphile-worker', atLeast: 2 },
  { scenario: 'enqueue-single', ours: 'stellwerk-sqlite', peer: 'bullmq', atLeast: 2 },
  { scenario: 'enqueue-single', ours: 'stellwerk-postgres', peer: 'graphile-worker', atLeast: 20 },
]

/** What Stellwerk sets itself as times from the dispatch to the start on an idle station in the same process. */
export const timeTargets: readonly TimeTarget[] = [
  { ours: 'stellwerk-sqlite', figure: 'p50_ms', atMostMs: 0.5 },
  { ours: 'stellwerk-postgres', figure: 'p50_ms', atMostMs: 2 },
  { ours: 'stellwerk-postgres', figure: 'p99_ms', atMostMs: 10 },
]
