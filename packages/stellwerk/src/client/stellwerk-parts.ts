import type { Actor } from '../domain/actor.ts'
import type { WorkerHealthLimits } from '../domain/worker/worker-health.ts'
import type { Log } from '../std/log.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { Store } from '../storage/store.ts'
import type { ControlRoom, ControlRoomOptions } from './control-room-options.ts'
import type { DirectTaker } from './direct-taker.ts'
import type { DispatchedJob } from './dispatched-job.ts'
import type { InTransaction } from './in-transaction.ts'
import type { AnyJobDefinition, JobRequest } from './job-definition.ts'
import type { JobRegistry } from './job-registry.ts'
import type { RunningStation, WorkOptions } from './work-options.ts'

/** What a Stellwerk is built from; openStellwerk does it. */
export interface StellwerkParts {
  readonly store: Store
  readonly registry: JobRegistry
  readonly actor: Actor
  readonly log: Log
  readonly installationId: string
  readonly maxPayloadBytes: number
  /** From when on a worker is not healthy, where something is said. */
  readonly workerHealth?: WorkerHealthLimits
  /** Loads the engine only when it is asked for. */
  readonly startStation: (
    parts: StellwerkParts,
    dispatching: Dispatching,
    options: WorkOptions,
  ) => Promise<StartedStation>
  /** Loads the control room only when somebody asks for it. */
  readonly loadControlRoom: (
    parts: StellwerkParts,
    dispatchAs: DispatchAs,
    options: ControlRoomOptions,
  ) => Promise<ControlRoom>
}

/** How the handlers of a station dispatch. */
export interface Dispatching {
  readonly dispatch: (request: JobRequest, place?: Partial<InTransaction>) => Promise<DispatchedJob>
  /** What another process has prepared; ids in input order, once the jobs are durable. */
  readonly insert: (jobs: readonly NewJob[]) => Promise<readonly number[]>
}

/** A station that was started, and its side that takes jobs directly. */
export interface StartedStation {
  readonly station: RunningStation
  readonly taker: DirectTaker
}

/** A dispatch by the name of its type, or by its definition. */
export interface NamedRequest extends Omit<JobRequest, 'definition'> {
  readonly type: AnyJobDefinition | string
}

/** Dispatches for somebody else, as far as they may. */
export type DispatchAs = (actor: Actor, requests: readonly NamedRequest[]) => Promise<readonly DispatchedJob[]>
