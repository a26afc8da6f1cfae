import type { Actor } from '../domain/actor.ts'
import type { WorkerHealthLimits } from '../domain/worker/worker-health.ts'
import type { Log } from '../std/log.ts'
import type { Store } from '../storage/store.ts'

/** Made per call: what an operation may touch, and who asks for it. */
export interface OperationDeps {
  readonly store: Store
  readonly actor: Actor
  readonly log: Log
  /** From when on a worker is not healthy, where something is said. */
  readonly workerHealth?: WorkerHealthLimits
}
