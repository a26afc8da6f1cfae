/** What a worker is doing. `lost` is never reported: readers compute it where the station's lease is over. */
export const workerStatuses = ['starting', 'active', 'idle', 'paused', 'draining', 'stopped', 'failed'] as const

/** One of {@link workerStatuses}. */
export type WorkerStatus = (typeof workerStatuses)[number]

/** How a worker's process ended. `code` or `signal` is null, as the operating system told; `reason` is for people. */
export interface WorkerExit {
  readonly at: number
  readonly code: number | null
  readonly signal: string | null
  readonly reason: string
}

/** A job in a handler of a worker. Unix ms. */
export interface RunningJob {
  readonly id: number
  readonly type: string
  /** null: a program of an older version told of it. */
  readonly queue: string | null
  readonly startedAt: number
}

/** What a station knows of one of its workers. Times in Unix ms; figures of the last five minutes where they are rates. */
export interface WorkerReport {
  /** `w_` and 16 hexadecimal digits, random per process start. */
  readonly id: string
  readonly stationId: string
  readonly pool: string
  readonly kind: 'process' | 'inline'
  readonly pid: number
  readonly status: WorkerStatus
  readonly queues: readonly string[]
  /** Types it runs, null = all that its modules define. */
  readonly types: readonly string[] | null
  readonly concurrency: number
  readonly startedAt: number
  /** Starts of this place in its pool before this one. */
  readonly restarts: number
  /** How its predecessor in that place, or where it has ended it itself, ended; null where there is none. */
  readonly lastExit: WorkerExit | null
  readonly jobsDone: number
  readonly jobsFailed: number
  /** At most 20; `runningCount` says how many there are. */
  readonly running: readonly RunningJob[]
  readonly runningCount: number
  /** Resident memory of its process. */
  readonly memoryBytes: number
  readonly memoryLimitBytes: number | null
  /** Of one core, 0 to 100 and above. */
  readonly cpuPercent: number
  /** Through its sockets since its start. */
  readonly bytesIn: number
  readonly bytesOut: number
  /** How late its event loop was at the most since the report before. */
  readonly loopLagMs: number
  readonly throughputPerMinute: number
  readonly meanRunMs: number
  /** Attempts that did not succeed by all that ended, 0 to 1. */
  readonly errorRatio: number
  readonly version: string
}

/** How many running jobs a report names. */
export const reportedJobs = 20
