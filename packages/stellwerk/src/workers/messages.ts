import type { JobDefaults } from '../client/job-settings.ts'
import type { RunningJob } from '../domain/worker/worker-report.ts'
import type { AbortCause, ClaimRef, LiveRecords } from '../engine/executor.ts'
import type { WorkerFigures } from '../engine/worker-meter.ts'
import type { LogFields, LogLevel } from '../std/log.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { TakenHook } from '../storage/failed-job-store.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import type { PackedCompletions } from './pack-completions.ts'
import type { PackedJobs } from './pack-jobs.ts'

/** A job type as a worker tells it: the station never loads the module that defines it. */
export interface TypeFacts {
  readonly name: string
  readonly version: number
  /** Without functions. */
  readonly defaults: JobDefaults
  readonly hasHandler: boolean
  readonly hasHook: boolean
}

/** Why a worker leaves by itself. */
export type LeaveReason = 'memory' | 'maxJobs' | 'maxTime' | 'maxExceptions'

/** What a worker needs to begin. It comes over the channel: an address may hold a password, and arguments and environments can be read by others. */
export interface WorkerSetup {
  readonly workerId: string
  readonly pool: string
  readonly jobs: readonly string[]
  readonly loader: 'native' | 'tsx'
  readonly store: { readonly address: string; readonly schema: string | null }
  readonly installationId: string
  readonly maxPayloadBytes: number
  readonly stateDir: string
  readonly concurrency: number
  /** Whether it is handed more jobs than it has slots, so that a fast handler never waits. */
  readonly handsAhead: boolean
  readonly timeoutGraceMs: number
  readonly defaults: JobDefaults
  readonly limits: WorkerLimits
}

/** When a worker is replaced by another; null = never. */
export interface WorkerLimits {
  readonly memoryBytes: number | null
  readonly maxJobs: number | null
  readonly maxTimeMs: number | null
  readonly maxExceptions: number | null
  /** Pause after each job. */
  readonly restMs: number
}

/** An error on its way between processes. */
export interface SentError {
  readonly code: string | null
  readonly message: string
}

/** From the station to a worker. */
export type ToWorker =
  | { readonly k: 'setup'; readonly setup: WorkerSetup }
  | { readonly k: 'jobs'; readonly jobs: PackedJobs; readonly receivedMs: number }
  | { readonly k: 'cancel'; readonly claim: ClaimRef }
  | { readonly k: 'hook'; readonly n: number; readonly hook: TakenHook }
  | {
      readonly k: 'dispatched'
      readonly n: number
      readonly ids: readonly number[] | null
      readonly error: SentError | null
    }
  | { readonly k: 'trust'; readonly untilMs: number }
  | { readonly k: 'abandon'; readonly cause: AbortCause }
  | { readonly k: 'drain' }
  | { readonly k: 'output'; readonly channel: OutputChannel; readonly lines: readonly string[] }

/** Where a handler wrote a line. */
export type OutputChannel = 'stdout' | 'stderr'

/** From a worker to its station. */
export type ToStation =
  | { readonly k: 'hello'; readonly version: string; readonly types: readonly TypeFacts[] }
  | { readonly k: 'unfit'; readonly error: SentError }
  | {
      readonly k: 'ended'
      readonly completed: PackedCompletions
      readonly outcomes: readonly Outcome[]
    }
  | ({ readonly k: 'live' } & LiveRecords)
  | { readonly k: 'committed'; readonly completed: PackedCompletions }
  | { readonly k: 'stuck'; readonly outcome: Outcome }
  | { readonly k: 'dispatch'; readonly n: number; readonly jobs: readonly NewJob[] }
  | { readonly k: 'hooked'; readonly n: number }
  | {
      readonly k: 'report'
      readonly figures: WorkerFigures
      readonly running: readonly RunningJob[]
      readonly runningCount: number
    }
  | { readonly k: 'recycle'; readonly reason: LeaveReason }
  | { readonly k: 'signal'; readonly signal: 'stop' | 'restart' | 'pause' | 'resume' }
  | { readonly k: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  | { readonly k: 'bye' }
