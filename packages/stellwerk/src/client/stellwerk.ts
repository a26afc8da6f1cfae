import type { Actor } from '../domain/actor.ts'
import { uuidOf } from '../domain/job/job-id.ts'
import type { MergedMinute } from '../domain/metrics/merge-minutes.ts'
import { archiveJob } from '../operations/archive-job.ts'
import { countFailed, forgetFailed, retryFailed } from '../operations/bulk-failed.ts'
import { cancelJob } from '../operations/cancel-job.ts'
import { findJob, type VisibleJob } from '../operations/find-job.ts'
import { forgetJob } from '../operations/forget-job.ts'
import { type JobDetails, jobDetails } from '../operations/job-details.ts'
import { listJobs } from '../operations/list-jobs.ts'
import { listQueues, type QueueOverview } from '../operations/list-queues.ts'
import type { OperationDeps } from '../operations/operation-deps.ts'
import { prioritizeJob } from '../operations/prioritize-job.ts'
import { type MetricsFilter, readMetrics } from '../operations/read-metrics.ts'
import { readTime } from '../operations/read-time.ts'
import { releaseJob } from '../operations/release-job.ts'
import { retryJob } from '../operations/retry-job.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { FailedSelection } from '../storage/failed-job-store.ts'
import type { JobFilter, JobPage } from '../storage/job-store.ts'
import type { ControlRoom, ControlRoomOptions } from './control-room-options.ts'
import { Controls } from './controls.ts'
import type { DirectOffer, DirectTaker } from './direct-taker.ts'
import type { DispatchArguments } from './dispatch-arguments.ts'
import type { DispatchedJob } from './dispatched-job.ts'
import { Dispatcher } from './dispatcher.ts'
import type { InTransaction } from './in-transaction.ts'
import type { AnyJobDefinition, JobRequest, PayloadInput } from './job-definition.ts'
import type { JobRegistry } from './job-registry.ts'
import type { DispatchOptions, PriorityInput } from './job-settings.ts'
import { lazyControlRoom } from './lazy-control-room.ts'
import type { DispatchAs, Dispatching, NamedRequest, StellwerkParts } from './stellwerk-parts.ts'
import type { RunningStation, WorkOptions } from './work-options.ts'

/** An open Stellwerk: dispatches jobs, answers about them, and starts stations. One per process is enough. */
export class Stellwerk {
  readonly registry: JobRegistry
  /** Pauses, maintenance, workers and orders to them. */
  readonly controls: Controls = new Controls(() => this.deps())
  readonly #parts: StellwerkParts
  readonly #dispatcher: Dispatcher
  readonly #stations = new Map<RunningStation, DirectTaker>()
  readonly #rooms = new Set<ControlRoom>()

  constructor(parts: StellwerkParts) {
    this.#parts = parts
    this.registry = parts.registry
    this.#dispatcher = new Dispatcher({
      parts,
      depsOf: (actor) => this.deps(actor),
      taker: { offer: (jobs) => this.#offer(jobs) },
    })
  }

  /**
   * Dispatches one job; resolves when it is durable. Dispatches made side by side share a commit.
   * With `tx` it is part of that transaction of yours: durable once you commit, gone when you roll back.
   * @throws TRANSACTION_INVALID, PAYLOAD_INVALID, PAYLOAD_TOO_LARGE, PAYLOAD_NOT_JSON, OPTION_INVALID, JOB_TYPE_UNKNOWN (by name), STORE_BUSY, STORE_UNREACHABLE, STORE_FULL
   */
  async dispatch<Definition extends AnyJobDefinition>(
    definition: Definition,
    ...given: DispatchArguments<PayloadInput<Definition>, DispatchOptions & Partial<InTransaction>>
  ): Promise<DispatchedJob>
  async dispatch(
    type: string,
    payload?: unknown,
    options?: DispatchOptions & Partial<InTransaction>,
  ): Promise<DispatchedJob>
  async dispatch(
    type: AnyJobDefinition | string,
    payload?: unknown,
    options: DispatchOptions & Partial<InTransaction> = {},
  ): Promise<DispatchedJob> {
    if (!('tx' in options)) return this.#dispatcher.dispatch({ type, payload, options })
    const { tx, wake = true, ...rest } = options
    return this.#dispatcher.dispatch({ type, payload, options: rest }, { tx, wake })
  }

  /** Dispatches many in one statement, all or none; returns them in order. With `tx` as dispatch. @throws as dispatch */
  async dispatchMany(
    requests: readonly JobRequest[],
    place: Partial<InTransaction> = {},
  ): Promise<readonly DispatchedJob[]> {
    return requests.length === 0 ? [] : await this.#dispatcher.dispatchMany(requests, place)
  }

  /** Dispatches for somebody else, all or none, as far as they may: one row of the audit log per call. @throws PERMISSION_DENIED, and as dispatch */
  dispatchAs(actor: Actor, requests: readonly NamedRequest[]): Promise<readonly DispatchedJob[]> {
    return requests.length === 0 ? Promise.resolve([]) : this.#dispatcher.dispatchFor(actor, requests, {})
  }

  /** The whole record of a job, by id or uuid. @throws JOB_NOT_FOUND */
  job(ref: number | string): Promise<VisibleJob> {
    return findJob(this.deps(), ref)
  }

  /** A job with its attempts and lines. @throws JOB_NOT_FOUND */
  jobDetails(ref: number | string): Promise<JobDetails> {
    return jobDetails(this.deps(), ref)
  }

  /** A page of jobs, newest first; go on with `beforeId: page.nextBeforeId`. */
  jobs(filter: Partial<JobFilter> = {}): Promise<JobPage> {
    return listJobs(this.deps(), { limit: 50, ...filter })
  }

  /** The uuid of a job's id; nothing is looked up. */
  uuid(id: number): string {
    return uuidOf(this.#parts.installationId, id)
  }

  /** The store's time, Unix ms. */
  now(): Promise<number> {
    return readTime(this.deps())
  }

  queues(): Promise<readonly QueueOverview[]> {
    return listQueues(this.deps())
  }

  /** Counts, waiting and running times per minute, hour or UTC day, queue, type and outcome, oldest first; of the last hour where nothing is said. */
  metrics(filter: MetricsFilter = {}): Promise<readonly MergedMinute[]> {
    return readMetrics(this.deps(), filter)
  }

  /** Cancels a waiting job at once; the station of a running one is told to abort it. @throws JOB_NOT_FOUND, JOB_NOT_WAITING when it has ended */
  async cancel(ref: number | string): Promise<number> {
    return (await cancelJob(this.deps(), ref)).id
  }

  /** Changes a waiting job's priority; returns it as a number. @throws JOB_NOT_FOUND, JOB_NOT_WAITING, OPTION_INVALID */
  prioritize(ref: number | string, priority: PriorityInput): Promise<number> {
    return prioritizeJob(this.deps(), ref, priority)
  }

  /** Puts a failed, cancelled or completed job back onto its queue. @throws JOB_NOT_FOUND, JOB_NOT_RETRYABLE */
  retry(ref: number | string): Promise<number> {
    return retryJob(this.deps(), ref)
  }

  /** Removes a job for good. @throws JOB_NOT_FOUND, JOB_PROCESSING */
  forget(ref: number | string): Promise<number> {
    return forgetJob(this.deps(), ref)
  }

  /** Keeps a completed or cancelled job, whole, until it is released. @throws JOB_NOT_FOUND, JOB_NOT_ARCHIVABLE */
  archive(ref: number | string): Promise<number> {
    return archiveJob(this.deps(), ref)
  }

  /** Hands an archived job back to retention, from the time of its end on. @throws JOB_NOT_FOUND, JOB_NOT_ARCHIVED */
  release(ref: number | string): Promise<number> {
    return releaseJob(this.deps(), ref)
  }

  /** Retries the failed jobs of a selection (all without one); returns how many. */
  retryFailed(selection: FailedSelection = {}): Promise<number> {
    return retryFailed(this.deps(), selection)
  }

  /** Removes the failed jobs of a selection (all without one); returns how many. */
  forgetFailed(selection: FailedSelection = {}): Promise<number> {
    return forgetFailed(this.deps(), selection)
  }

  /** How many failed jobs a selection holds. */
  countFailed(selection: FailedSelection = {}): Promise<number> {
    return countFailed(this.deps(), selection)
  }

  /** Starts a station that runs handlers in this process, or in worker processes. Stop it, or close this Stellwerk, to end it. */
  async work(options: WorkOptions = {}): Promise<RunningStation> {
    const dispatching: Dispatching = {
      dispatch: (...asked) => this.#dispatcher.dispatchOwn(...asked),
      insert: (jobs) => this.#dispatcher.insert(jobs),
    }
    const { station, taker } = await this.#parts.startStation(this.#parts, dispatching, options)
    this.#stations.set(station, taker)
    void station.untilStopped().finally(() => this.#stations.delete(station))
    return station
  }

  /** The control room as handlers to mount, closed to everybody whom neither `authorize` nor a token lets in. It is loaded at its first request. */
  controlRoom(options: ControlRoomOptions = {}): ControlRoom {
    const dispatchAs: DispatchAs = (...asked) => this.dispatchAs(...asked)
    const room = lazyControlRoom(() => this.#parts.loadControlRoom(this.#parts, dispatchAs, options))
    this.#rooms.add(room)
    return room
  }

  /** The parts an operation needs, for the faces built on this one. */
  deps(actor: Actor = this.#parts.actor): OperationDeps {
    const { store, log, workerHealth } = this.#parts
    return { store, actor, log, ...(workerHealth && { workerHealth }) }
  }

  /** Stops its stations, commits what was dispatched, and ends every connection. Safe to repeat. */
  async close(): Promise<void> {
    await Promise.all([...this.#rooms].map((room) => room.close()))
    await Promise.all([...this.#stations.keys()].map((station) => station.stop()))
    await this.#dispatcher.close()
    await this.#parts.store.close()
  }

  #offer(jobs: readonly NewJob[]): DirectOffer | undefined {
    for (const taker of this.#stations.values()) {
      const offer = taker.offer(jobs)
      if (offer !== undefined) return offer
    }
    return undefined
  }
}
