import type { Actor } from '../domain/actor.ts'
import type { Log } from '../std/log.ts'
import type { Store } from '../storage/store.ts'

/** Made per call: what an operation may touch, and who asks for it. */
export interface OperationDeps {
  readonly store: Store
  readonly actor: Actor
  readonly log: Log
}
