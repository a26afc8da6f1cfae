import { orderRefusals } from '../domain/worker/order-refusals.ts'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import type { WorkerReport } from '../domain/worker/worker-report.ts'
import type { Attempt } from './attempt.ts'
import type { ClaimRef } from './executor.ts'
import { runningJobsOf } from './running-jobs.ts'
import type { OrderAnswer, PoolReport, StationControl } from './station-control.ts'
import type { WorkerMeter } from './worker-meter.ts'

/** Name of the pool that a station's own process is. */
export const inlinePool = 'inline'

/** What the control of an inline station goes by. */
export interface InlineControlOptions {
  readonly workerId: string
  readonly stationId: () => string
  readonly queues: readonly string[]
  readonly concurrency: number
  readonly version: string
  readonly startedAt: number
  readonly meter: WorkerMeter
  readonly attempts: () => ReadonlySet<Attempt>
  readonly isStopping: () => boolean
  readonly cancel: (claim: ClaimRef) => boolean
  readonly stop: (now: boolean) => void
}

/** Reports of and orders for a station that runs handlers in its own process: it is one worker. */
export class InlineControl implements StationControl {
  readonly #options: InlineControlOptions
  #isPaused = false

  constructor(options: InlineControlOptions) {
    this.#options = options
  }

  /** Whether an order holds it from claiming. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  reports(): readonly WorkerReport[] {
    const { workerId, stationId, queues, concurrency, version, startedAt, meter, attempts } = this.#options
    const runningCount = attempts().size
    return [
      {
        id: workerId,
        stationId: stationId(),
        pool: inlinePool,
        kind: 'inline',
        pid: process.pid,
        status: this.#status(runningCount),
        queues,
        types: null,
        concurrency,
        startedAt,
        restarts: 0,
        lastExit: null,
        running: runningJobsOf(attempts()),
        runningCount,
        memoryLimitBytes: null,
        version,
        ...meter.take(),
      },
    ]
  }

  pools(): readonly PoolReport[] {
    const { queues } = this.#options
    return [{ name: inlinePool, kind: 'inline', queues, processes: 1, min: 1, max: 1 }]
  }

  apply(order: WorkerOrder): Promise<OrderAnswer> {
    return Promise.resolve(this.#apply(order))
  }

  #apply({ kind, pool, workerId, jobId, claimSeq }: WorkerOrder): OrderAnswer {
    if (workerId !== null && workerId !== this.#options.workerId) return refused(orderRefusals.noWorker(workerId))
    if (pool !== null && pool !== inlinePool) return refused(orderRefusals.noPool(pool))
    if (kind === 'pause' || kind === 'resume') {
      this.#isPaused = kind === 'pause'
      return done()
    }
    if (kind === 'stop' || kind === 'stop_now') {
      this.#options.stop(kind === 'stop_now')
      return done()
    }
    if (kind === 'cancel_job') {
      const isHere = jobId !== null && claimSeq !== null && this.#options.cancel({ id: jobId, claimSeq })
      return isHere ? done() : refused(orderRefusals.noJob(jobId))
    }
    return refused(orderRefusals.ownProcess())
  }

  #status(running: number): WorkerReport['status'] {
    if (this.#options.isStopping()) return 'draining'
    if (this.#isPaused) return 'paused'
    return running > 0 ? 'active' : 'idle'
  }
}

function done(): OrderAnswer {
  return { state: 'done', answer: null }
}

function refused(answer: string): OrderAnswer {
  return { state: 'refused', answer }
}
