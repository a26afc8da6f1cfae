import type { WorkerReport } from '../domain/worker/worker-report.ts'

/** A worker as its station reports it, with its memory of the last minutes: one value every 10 s, oldest first. */
export interface BeatReport extends WorkerReport {
  readonly memoryHistory: readonly number[]
}

/** A worker on record. Unix ms. */
export interface WorkerRecord extends BeatReport {
  readonly beatAt: number
}

/** A pool as its station announces it: how many processes it wants, and the bounds that its configuration sets. */
export interface StationPool {
  readonly name: string
  readonly kind: 'process' | 'inline'
  readonly queues: readonly string[]
  readonly processes: number
  readonly min: number
  readonly max: number
}

/** All of one station's workers at one moment. */
export interface WorkerBeat {
  readonly stationId: string
  readonly reports: readonly BeatReport[]
  readonly pools: readonly StationPool[]
}

/** Every worker on record, and the pools of each station that announced any. */
export interface WorkerRecords {
  readonly workers: readonly WorkerRecord[]
  readonly pools: readonly { readonly stationId: string; readonly pools: readonly StationPool[] }[]
}

/** Role of stations that tell of their workers, and of those who look. */
export interface WorkerStore {
  /** Atomic: these workers and no others are the station's, seen now. */
  beat(beat: WorkerBeat): Promise<void>
  /** Those of dead stations included, as long as their station is on record. By start, then id. */
  list(): Promise<WorkerRecords>
  /** Deletes workers whose station is no longer on record; returns how many. */
  prune(): Promise<number>
}
