import { isLiving, type ShownWorkerStatus } from './worker-life.ts'
import type { WorkerReport } from './worker-report.ts'

/** What is added up. */
export interface CountedWorker
  extends Pick<
    WorkerReport,
    | 'concurrency'
    | 'runningCount'
    | 'jobsDone'
    | 'jobsFailed'
    | 'throughputPerMinute'
    | 'meanRunMs'
    | 'errorRatio'
    | 'memoryBytes'
    | 'cpuPercent'
  > {
  readonly status: ShownWorkerStatus
  readonly ailments: readonly unknown[]
}

/** All workers in figures: those that live, and how many are lost or have failed. Of the last five minutes where they are rates; null where nothing ended. */
export interface WorkerStatistics {
  readonly total: number
  readonly active: number
  readonly idle: number
  readonly starting: number
  readonly paused: number
  readonly draining: number
  readonly failed: number
  readonly lost: number
  readonly healthy: number
  /** Jobs they run side by side. */
  readonly capacity: number
  readonly running: number
  readonly jobsDone: number
  readonly jobsFailed: number
  readonly throughputPerMinute: number
  readonly meanRunMs: number | null
  readonly errorRatio: number | null
  readonly memoryBytes: number
  /** 100 = one core. */
  readonly cpuPercent: number
}

/** Adds workers up; means are weighed by how much each one did. Pure. */
export function sumWorkers(all: readonly CountedWorker[]): WorkerStatistics {
  const alive = all.filter(({ status }) => isLiving(status))
  const sum = (of: (worker: CountedWorker) => number): number => alive.reduce((total, worker) => total + of(worker), 0)
  const count = (status: ShownWorkerStatus): number => all.filter((worker) => worker.status === status).length
  const pace = sum(({ throughputPerMinute }) => throughputPerMinute)
  const mean = (of: (worker: CountedWorker) => number): number | null =>
    pace === 0 ? null : sum((worker) => of(worker) * worker.throughputPerMinute) / pace
  return {
    total: alive.length,
    active: count('active'),
    idle: count('idle'),
    starting: count('starting'),
    paused: count('paused'),
    draining: count('draining'),
    failed: count('failed'),
    lost: count('lost'),
    healthy: alive.filter(({ ailments }) => ailments.length === 0).length,
    capacity: sum(({ concurrency }) => concurrency),
    running: sum(({ runningCount }) => runningCount),
    jobsDone: sum(({ jobsDone }) => jobsDone),
    jobsFailed: sum(({ jobsFailed }) => jobsFailed),
    throughputPerMinute: pace,
    meanRunMs: mean(({ meanRunMs }) => meanRunMs),
    errorRatio: mean(({ errorRatio }) => errorRatio),
    memoryBytes: sum(({ memoryBytes }) => memoryBytes),
    cpuPercent: sum(({ cpuPercent }) => cpuPercent),
  }
}
