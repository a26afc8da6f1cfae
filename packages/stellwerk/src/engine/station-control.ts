import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import type { WorkerReport } from '../domain/worker/worker-report.ts'

/** A pool as its station's configuration allows it. */
export interface PoolReport {
  readonly name: string
  readonly kind: 'process' | 'inline'
  readonly queues: readonly string[]
  /** Processes it has, or is about to have. */
  readonly processes: number
  readonly min: number
  /** As far as an order may scale it. */
  readonly max: number
}

/** What came of an order. `answer` is for people, null where nothing is to be said. */
export interface OrderAnswer {
  readonly state: 'done' | 'refused'
  readonly answer: string | null
}

/** The side of a station that reports on its workers and takes orders for them. */
export interface StationControl {
  /** Every worker that lives, and those that ended and were not replaced. Cheap; the figures are at most two seconds old. */
  reports(): readonly WorkerReport[]
  /** The pools that the station's configuration names. */
  pools(): readonly PoolReport[]
  /** Does what an order says, as far as it goes at once: a stop is done when it has begun. Never rejects. */
  apply(order: WorkerOrder): Promise<OrderAnswer>
}
