import type { Maintenance, QueuePause } from '../domain/queue/queue-pause.ts'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import { listOrders } from '../operations/list-orders.ts'
import { listWorkers, type WorkersReading } from '../operations/list-workers.ts'
import type { OperationDeps } from '../operations/operation-deps.ts'
import { orderWorkers, type WorkersOrder } from '../operations/order-workers.ts'
import { pauseQueue } from '../operations/pause-queue.ts'
import { resumeQueue } from '../operations/resume-queue.ts'
import { readMaintenance, setMaintenance } from '../operations/set-maintenance.ts'
import { checkDuration } from './check-settings.ts'
import type { DurationInput } from './duration-input.ts'

/** How a queue is paused. */
export interface PauseOptions {
  /** For those who ask later. */
  readonly reason?: string
  /** It ends by itself after this; without it somebody has to resume the queue. */
  readonly for?: DurationInput
}

/** What holds jobs back, and who runs them. */
export class Controls {
  readonly #deps: () => OperationDeps

  constructor(deps: () => OperationDeps) {
    this.#deps = deps
  }

  /** Nothing of the queue is claimed from about a second later on; what runs goes on. @throws OPTION_INVALID */
  pauseQueue(queue: string, options: PauseOptions = {}): Promise<QueuePause> {
    const forMs = options.for === undefined ? null : checkDuration('for', options.for)
    return pauseQueue(this.#deps(), { queue, reason: options.reason ?? null, forMs })
  }

  /** False: the queue was not paused. @throws OPTION_INVALID */
  resumeQueue(queue: string): Promise<boolean> {
    return resumeQueue(this.#deps(), queue)
  }

  /** Who switched maintenance on, why and when; null while it is off. */
  async maintenance(): Promise<Maintenance | null> {
    return (await readMaintenance(this.#deps())).maintenance
  }

  /** While it is on nothing is claimed but by workers with `force`. Returns what holds now. */
  setMaintenance(
    on: boolean,
    { reason = null }: { readonly reason?: string | null } = {},
  ): Promise<Maintenance | null> {
    return setMaintenance(this.#deps(), { on, reason })
  }

  /** Every worker on record with stations, pools, figures and pending orders. */
  workers(): Promise<WorkersReading> {
    return listWorkers(this.#deps())
  }

  /** Tells workers something; one order for each live station that is reached. @throws OPTION_INVALID, WORKER_NOT_FOUND, POOL_NOT_FOUND, STATION_NOT_FOUND, ORDER_REFUSED */
  order(order: WorkersOrder): Promise<readonly WorkerOrder[]> {
    return orderWorkers(this.#deps(), order)
  }

  /** What stations were told within a day, newest first, and what came of it. */
  async orders({ limit = 50 }: { readonly limit?: number } = {}): Promise<readonly WorkerOrder[]> {
    return (await listOrders(this.#deps(), { limit })).orders
  }
}
