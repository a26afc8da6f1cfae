/** The scenarios that every candidate runs, in the order of the tables. */
export const peerScenarios = ['drain', 'enqueue-bulk', 'enqueue-single', 'latency'] as const

/** One of {@link peerScenarios}. */
export type PeerScenario = (typeof peerScenarios)[number]

/** What one run is started with. */
export interface RunOrder {
  readonly candidate: string
  readonly scenario: PeerScenario
  /** What the candidate connects to: an empty database, an empty Redis; `sqlite` = a file that the run makes itself. */
  readonly address: string
  readonly jobs: number
  readonly samples: number
  readonly concurrency: number
  readonly callers: number
  readonly chunk: number
  /** Worker processes that share the concurrency; null: handlers run where jobs are claimed. */
  readonly processes: number | null
}

/** What one run of one candidate found. */
export interface RunResult {
  /** Jobs per second, or milliseconds at p50 and p99, by name. */
  readonly figures: Readonly<Record<string, number>>
  /** The checks that did not hold; empty = every job was stored or run exactly once. */
  readonly broken: readonly string[]
  /** Versions of the candidate and its server, and the settings that decide about durability. */
  readonly facts: Readonly<Record<string, string>>
}
