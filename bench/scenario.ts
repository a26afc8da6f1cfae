import type { BenchOptions } from './bench-options.ts'
import type { BenchGround } from './bench-store.ts'
import type { Checks } from './verify-store.ts'

/** A figure of the JSON object. */
export type Figure = number | string | boolean | null

/** What one scenario found. */
export interface ScenarioResult {
  /** Medians over the rounds, with `_min` and `_max` beside them. */
  readonly figures: Readonly<Record<string, Figure>>
  /** One set for each round. */
  readonly checks: readonly Checks[]
  /** The database's version and settings. */
  readonly storeFacts: Readonly<Record<string, string>>
}

/** Runs all rounds of one scenario on stores of its own. */
export type Scenario = (options: BenchOptions, ground: BenchGround) => Promise<ScenarioResult>
