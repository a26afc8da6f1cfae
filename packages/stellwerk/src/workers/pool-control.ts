import { exitReasons } from '../domain/worker/exit-reasons.ts'
import { orderRefusals } from '../domain/worker/order-refusals.ts'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import { reportedJobs, type WorkerReport } from '../domain/worker/worker-report.ts'
import type { OrderAnswer, PoolReport, StationControl } from '../engine/station-control.ts'
import type { StationSide } from '../engine/station-runtime.ts'
import type { WorkerSetup } from './messages.ts'
import type { WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

/** How far a pool may be scaled, and what it serves. */
export interface PoolBounds {
  readonly processes: number
  readonly min: number
  readonly max: number
  readonly queues: readonly string[]
}

interface ControlledPool {
  readonly options: PoolBounds & {
    readonly name: string
    readonly setup: Omit<WorkerSetup, 'workerId'>
    readonly rules: { readonly types: readonly string[] | null }
  }
  readonly pool: WorkerPool
}

/** What the control of a station with worker processes goes by. */
export interface PoolControlOptions {
  readonly parts: readonly ControlledPool[]
  readonly side: StationSide
  readonly version: string
  /** Somebody may take jobs again. */
  readonly onRoom: () => void
}

const noFigures: Omit<WorkerReport, keyof ReturnType<PoolControl['identityOf']>> = {
  jobsDone: 0,
  jobsFailed: 0,
  running: [],
  runningCount: 0,
  memoryBytes: 0,
  cpuPercent: 0,
  bytesIn: 0,
  bytesOut: 0,
  loopLagMs: 0,
  throughputPerMinute: 0,
  meanRunMs: 0,
  errorRatio: 0,
}

/** Reports of and orders for the worker processes of a station. */
export class PoolControl implements StationControl {
  readonly #options: PoolControlOptions

  constructor(options: PoolControlOptions) {
    this.#options = options
  }

  /** Somebody may take jobs again. */
  onRoom(): void {
    this.#options.onRoom()
  }

  reports(): readonly WorkerReport[] {
    return this.#options.parts.flatMap((part) => [...part.pool.workers].map((worker) => this.#reportOf(part, worker)))
  }

  pools(): readonly PoolReport[] {
    return this.#options.parts.map(({ options: { name, queues, min, max }, pool }) => ({
      name,
      kind: 'process',
      queues,
      processes: pool.target,
      min,
      max,
    }))
  }

  apply(order: WorkerOrder): Promise<OrderAnswer> {
    return Promise.resolve(this.#apply(order))
  }

  /** Who a worker is, apart from what it does. */
  identityOf({ options, pool }: ControlledPool, worker: WorkerProcess) {
    const { setup, startedAt, restarts } = worker.options
    return {
      id: worker.id,
      stationId: this.#options.side.stationId(),
      pool: options.name,
      kind: 'process' as const,
      pid: worker.pid,
      status: worker.phase === 'starting' && pool.isFailed ? ('failed' as const) : worker.status,
      queues: options.queues,
      types: options.rules.types,
      concurrency: setup.concurrency,
      startedAt,
      restarts,
      lastExit: worker.lastExit,
      memoryLimitBytes: setup.limits.memoryBytes,
      version: this.#options.version,
    }
  }

  #reportOf(part: ControlledPool, worker: WorkerProcess): WorkerReport {
    const figures = worker.report?.figures ?? {}
    const handed = [...worker.handed.values()]
    const running = handed.slice(0, reportedJobs).map(({ job, receivedMs, handedMs }) => ({
      id: job.id,
      type: job.type,
      queue: job.queue,
      startedAt: Math.round(job.claimedAt + (handedMs - receivedMs)),
    }))
    return { ...noFigures, ...figures, ...this.identityOf(part, worker), running, runningCount: handed.length }
  }

  #apply(order: WorkerOrder): OrderAnswer {
    const { kind, jobId, claimSeq, pool, workerId } = order
    if (kind === 'cancel_job') {
      const isHere = jobId !== null && claimSeq !== null && this.#options.side.cancel({ id: jobId, claimSeq })
      return isHere ? done() : refused(orderRefusals.noJob(jobId))
    }
    const parts = this.#options.parts.filter(({ options }) => pool === null || options.name === pool)
    if (parts.length === 0) return refused(orderRefusals.noPool(pool))
    if (workerId === null) return this.#applyToPools(order, parts)
    for (const part of parts) {
      const worker = [...part.pool.workers].find(({ id }) => id === workerId)
      if (worker !== undefined) return this.#applyToWorker(order, part, worker)
    }
    return refused(orderRefusals.noWorker(workerId))
  }

  #applyToWorker({ kind }: WorkerOrder, { pool }: ControlledPool, worker: WorkerProcess): OrderAnswer {
    if (kind === 'pause' || kind === 'resume') worker.isPaused = kind === 'pause'
    else if (kind === 'restart') pool.recycle([worker])
    else if (kind === 'stop' || kind === 'stop_now') {
      pool.retire(worker, { now: kind === 'stop_now', isReplaced: false })
    } else return refused(orderRefusals.poolsOnly(kind))
    if (kind === 'resume') this.onRoom()
    return done()
  }

  #applyToPools(order: WorkerOrder, parts: readonly ControlledPool[]): OrderAnswer {
    const { kind } = order
    if ((kind === 'stop' || kind === 'stop_now') && order.pool === null) {
      this.#options.side.stop(kind === 'stop_now')
      return done()
    }
    const answers = parts.map((part) => this.#applyToPool(order, part))
    this.onRoom()
    return answers.find(({ state }) => state === 'refused') ?? done()
  }

  #applyToPool({ kind, processes }: WorkerOrder, { options, pool }: ControlledPool): OrderAnswer {
    switch (kind) {
      case 'start':
        return scaleTo(processes ?? Math.max(pool.target + 1, options.min), { options, pool })
      case 'scale':
        return scaleTo(processes, { options, pool })
      case 'restart':
        pool.recycle(pool.workers)
        return done()
      case 'stop':
      case 'stop_now':
        pool.scale(0)
        if (kind === 'stop_now') for (const worker of pool.workers) worker.kill(exitReasons.toldToStop())
        return done()
      default:
        pool.pause(kind === 'pause')
        return done()
    }
  }
}

function scaleTo(processes: number | null, { options, pool }: ControlledPool): OrderAnswer {
  const { min, max } = options
  if (processes === null || !Number.isInteger(processes) || processes < min || processes > max)
    return refused(orderRefusals.outOfBounds(options, processes))
  pool.scale(processes)
  return done()
}

function done(): OrderAnswer {
  return { state: 'done', answer: null }
}

function refused(answer: string): OrderAnswer {
  return { state: 'refused', answer }
}
