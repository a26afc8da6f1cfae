import type { Actor } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { dispatchJobs, isDispatchRecorded } from '../operations/dispatch-jobs.ts'
import type { OperationDeps } from '../operations/operation-deps.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { DirectTaker } from './direct-taker.ts'
import { type DispatchedJob, DurableJob } from './dispatched-job.ts'
import { GroupCommit } from './group-commit.ts'
import { type InTransaction, inTransaction } from './in-transaction.ts'
import type { JobRequest } from './job-definition.ts'
import { prepareJob } from './prepare-job.ts'
import type { NamedRequest, StellwerkParts } from './stellwerk-parts.ts'

/** What a dispatcher goes by. */
export interface DispatcherOptions {
  readonly parts: Pick<StellwerkParts, 'store' | 'actor' | 'registry' | 'maxPayloadBytes' | 'installationId'>
  /** The parts of an operation of somebody. */
  readonly depsOf: (actor: Actor) => OperationDeps
  readonly taker: DirectTaker
}

/** Makes jobs durable: in groups that share a commit, or in a transaction of the application; those of recorded actors leave a row in the audit log. */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #commits: GroupCommit

  constructor(options: DispatcherOptions) {
    const { store } = options.parts
    this.#options = options
    this.#commits = new GroupCommit(store.dispatch, {
      maxJobs: 1_000,
      maxInFlight: store.kind === 'sqlite' ? 1 : 2,
      taker: options.taker,
    })
  }

  /** One, by definition or name. Not async: the application's own dispatches take the shortest way. @throws as Stellwerk.dispatch */
  dispatch(request: NamedRequest, place: Partial<InTransaction> = {}): Promise<DispatchedJob> {
    const { actor } = this.#options.parts
    if (!isDispatchRecorded(actor)) return this.dispatchOwn(this.#definedRequest(request), place)
    return this.dispatchFor(actor, [request], place).then(([job]) => job ?? this.#dispatched(undefined))
  }

  /** Many, all or none; in order. @throws as Stellwerk.dispatch */
  async dispatchMany(
    requests: readonly JobRequest[],
    place: Partial<InTransaction>,
  ): Promise<readonly DispatchedJob[]> {
    const { actor } = this.#options.parts
    if (isDispatchRecorded(actor)) {
      const named = requests.map(({ definition, ...rest }) => ({ ...rest, type: definition }))
      return await this.dispatchFor(actor, named, place)
    }
    const ids = await this.#insert(await this.#prepareAll(requests), place)
    return ids.map((id) => this.#dispatched(id))
  }

  /** For the application itself, whoever opened it: no row in the audit log. @throws as Stellwerk.dispatch */
  async dispatchOwn(request: JobRequest, place: Partial<InTransaction> = {}): Promise<DispatchedJob> {
    const prepared = prepareJob(request, this.#options.parts.maxPayloadBytes)
    const job = prepared instanceof Promise ? await prepared : prepared
    const [id] = await this.#insert([job], place)
    return this.#dispatched(id)
  }

  /** For somebody, all or none, as far as they may: one row of the audit log. @throws PERMISSION_DENIED, and as Stellwerk.dispatch */
  async dispatchFor(
    actor: Actor,
    requests: readonly NamedRequest[],
    place: Partial<InTransaction>,
  ): Promise<readonly DispatchedJob[]> {
    const ids = await dispatchJobs(this.#options.depsOf(actor), {
      types: requests.map(({ type }) => (typeof type === 'string' ? type : type.name)),
      prepare: () => this.#prepareAll(requests.map((request) => this.#definedRequest(request))),
      insert: (jobs) => this.#insert(jobs, place),
    })
    return ids.map((id) => this.#dispatched(id))
  }

  /** Jobs that are prepared already; ids in their order, once they are durable. */
  insert(jobs: readonly NewJob[]): Promise<readonly number[]> {
    return this.#commits.insert(jobs)
  }

  /** Commits what was dispatched. */
  close(): Promise<void> {
    return this.#commits.close()
  }

  #definedRequest({ type, ...rest }: NamedRequest): JobRequest {
    return { ...rest, definition: typeof type === 'string' ? this.#options.parts.registry.get(type) : type }
  }

  async #prepareAll(requests: readonly JobRequest[]): Promise<readonly NewJob[]> {
    const jobs: NewJob[] = []
    for (const request of requests) {
      const prepared = prepareJob(request, this.#options.parts.maxPayloadBytes)
      jobs.push(prepared instanceof Promise ? await prepared : prepared)
    }
    return jobs
  }

  #insert(jobs: readonly NewJob[], place: Partial<InTransaction>): Promise<readonly number[]> {
    return 'tx' in place ? inTransaction(this.#options.parts.store, jobs, place) : this.#commits.insert(jobs)
  }

  #dispatched(id: number | undefined): DispatchedJob {
    if (id === undefined)
      throw new StellwerkError(
        'INTERNAL',
        'the store returned fewer ids than jobs were dispatched; report this as a defect of its driver',
      )
    return new DurableJob(id, this.#options.parts.installationId)
  }
}
