import type { DeadLetters } from '../domain/queue/dead-letters.ts'
import type { QueueOrder } from '../domain/queue/plan-claims.ts'
import type { ReservedSlots } from '../domain/queue/reserved-slots.ts'
import type { HookEnd, TakenHook } from '../storage/failed-job-store.ts'
import type { ClaimRef, Executor, ExecutorListener, LiveRecords } from './executor.ts'
import type { StationControl } from './station-control.ts'

/** What a pool takes, whatever waits. */
export interface PoolRules {
  readonly queues: QueueOrder
  /** Types it runs, null = all that its modules define. */
  readonly types: readonly string[] | null
  readonly minPriority: number | null
  readonly batchOnly: boolean
  /** Slots that are kept for a priority and above. */
  readonly reserved: ReservedSlots | null
  readonly ageShare: number
  /** Works through maintenance. */
  readonly force: boolean
}

/** A pool as the station sees it: rules for its claims, and who runs them. */
export interface RuntimePool {
  readonly name: string
  readonly rules: PoolRules
  /** There from `open` on. */
  readonly executor: Executor
  /** Whether it takes nothing new for now. */
  isPaused(): boolean
}

/** Who runs the `failed` hooks of jobs. */
export interface HookDoor {
  /** Types whose hooks it can run now. */
  types(): readonly string[]
  /** Runs one, whatever comes of it; tells whether it ran to its end. Never rejects. */
  run(hook: TakenHook): Promise<HookEnd>
}

/** What a runtime may ask of its station. */
export interface StationSide {
  readonly stationId: () => string
  readonly listenerOf: (pool: string) => ExecutorListener
  /** Cancels a claim wherever the station holds it; false = nowhere. */
  readonly cancel: (claim: ClaimRef) => boolean
  readonly stop: (now: boolean) => void
  readonly isStopping: () => boolean
  /** The station's time, Unix ms of the database, as near as it is known. */
  readonly startedAt: number
}

/** Where the handlers of a station run: in its own process, or in pools of others. */
export interface StationRuntime {
  /** Types that it has handlers for. */
  readonly types: readonly string[]
  /** As its job types and options say. */
  readonly deadLetters: DeadLetters
  readonly concurrency: number
  readonly queues: readonly string[]
  readonly pools: readonly RuntimePool[]
  readonly hooks: HookDoor
  readonly control: StationControl
  /** The station is registered. Called once, before anything is claimed. */
  open(side: StationSide): Promise<void>
  takeLive(): LiveRecords
  /** Until when (shared clock, ms) its handlers may run without word from the station. */
  trust(untilMs: number): void
  /** The station goes on under another id. */
  rename(stationId: string): void
  /** Once a second. */
  tick(): void
  /** After the last outcome was taken: ends whatever it started. */
  close(): Promise<void>
}
