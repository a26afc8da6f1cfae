import { exitReasons } from '../domain/worker/exit-reasons.ts'
import type { StopCause } from '../engine/attempt.ts'
import { DeadlineWatch } from '../engine/deadline-watch.ts'
import type { AbortCause, ArrivedJob, ClaimRef, Executor, ExecutorListener, LiveRecords } from '../engine/executor.ts'
import { dropEvidence, readEvidence } from '../engine/running-file.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sleep } from '../std/sleep.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome, LogAppend, Outcome, ProgressUpdate } from '../storage/outcome-store.ts'
import { exitOutcomes } from './exit-outcomes.ts'
import type { ToStation } from './messages.ts'
import { overdueOutcome } from './overdue-outcome.ts'
import { type PackedCompletions, unpackCompletions } from './pack-completions.ts'
import type { RemoteTypes } from './remote-types.ts'
import { giveTo, placeOf, roomiest } from './worker-place.ts'
import type { WorkerPool } from './worker-pool.ts'
import type { HandedJob, ProcessEnd, WorkerProcess } from './worker-process.ts'

/** Beyond timeout and grace, for what a worker that answers says by itself. */
const lateMs = 1_000
/** How long a worker that was told to leave may take. */
const leaveMs = 1_000

/** What the executor of a pool needs. */
export interface ProcessExecutorOptions {
  readonly pool: WorkerPool
  readonly types: RemoteTypes
  readonly stateDir: string
  readonly timeoutGraceMs: number
  readonly listener: ExecutorListener
}

/** Hands jobs to the worker processes of a pool, and settles what they leave behind. */
export class ProcessExecutor implements Executor {
  readonly #options: ProcessExecutorOptions
  readonly #timeouts = new DeadlineWatch<HandedJob>((handed) => this.#onOverdue(handed, 'timeout'))
  readonly #cancels = new DeadlineWatch<HandedJob>((handed) => this.#onOverdue(handed, 'cancelled'))
  #logs: LogAppend[] = []
  #progress: ProgressUpdate[] = []
  readonly #onEmpty: (() => void)[] = []
  readonly #meanRunMs = new Map<string, number>()
  #isAbandoned = false

  /** Index of the worker whose turn it is, where several are equal. */
  #turn = 0

  constructor(options: ProcessExecutorOptions) {
    this.#options = options
  }

  get free(): number {
    return this.#workers().reduce((sum, worker) => sum + worker.room, 0)
  }

  get running(): number {
    return this.#workers().reduce((sum, worker) => sum + worker.handed.size, 0)
  }

  runningFrom(priority: number): number {
    const handed = this.#workers().flatMap((worker) => [...worker.handed.values()])
    return handed.filter(({ job }) => job.priority >= priority).length
  }

  get hasSoloRoom(): boolean {
    return this.#workers().some((worker) => worker.handed.size === 0 && worker.room > 0)
  }

  start(jobs: readonly ArrivedJob[]): void {
    for (const [worker, share] of this.#share(jobs)) {
      for (const handed of worker.handOver(share, (job) => this.#watchMs(job)))
        if (handed.watchMs > 0) this.#timeouts.add(handed, handed.watchMs, handed.handedMs)
    }
  }

  /** Mean run time of a queue's newest jobs here, ms; 0 where none ran. */
  meanRunMs(queue: string): number {
    return this.#meanRunMs.get(queue) ?? 0
  }

  cancel(claim: ClaimRef): boolean {
    const worker = this.#workers().find((one) => one.handed.get(claim.id)?.job.claimSeq === claim.claimSeq)
    const handed = worker?.handed.get(claim.id)
    if (worker === undefined || handed === undefined) return false
    worker.send({ k: 'cancel', claim })
    this.#cancels.add(handed, this.#options.timeoutGraceMs + lateMs, monotonicMs())
    return true
  }

  openIds(): readonly number[] {
    return this.#workers().flatMap((worker) => [...worker.handed.keys()])
  }

  takeLive(): LiveRecords {
    const live = { logs: this.#logs, progress: this.#progress }
    this.#logs = []
    this.#progress = []
    return live
  }

  /** 'lease_lost': what runs belongs to others now, so it is forgotten at once. The processes leave; who stays is killed. */
  async abandon(cause: AbortCause): Promise<void> {
    const workers = this.#workers()
    if (cause === 'shutdown') this.#isAbandoned = true
    for (const worker of workers) {
      if (cause === 'lease_lost') this.#forget(worker)
      worker.phase = worker.phase === 'gone' ? 'gone' : 'draining'
      worker.isExpected = true
      worker.send({ k: 'abandon', cause })
    }
    const gone = Promise.all(workers.map((worker) => this.#untilGone(worker)))
    const left = new AbortController()
    await Promise.race([gone.then(() => left.abort()), sleep(leaveMs, left.signal)])
    for (const worker of workers) if (worker.phase !== 'gone') worker.kill(exitReasons.stayed())
    await gone
  }

  untilEmpty(signal: AbortSignal): Promise<void> {
    this.#options.pool.drainAll()
    if (this.running === 0 || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onEmpty.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  close(): void {
    this.#timeouts.close()
    this.#cancels.close()
  }

  /** What a worker says of its jobs. */
  onMessage(worker: WorkerProcess, message: ToStation): void {
    if (message.k === 'ended') this.#onEnded(worker, message)
    else if (message.k === 'live') {
      this.#logs.push(...message.logs)
      this.#progress.push(...message.progress)
    } else if (message.k === 'stuck') this.#onStuck(worker, message.outcome)
    else if (message.k === 'committed') {
      const completed = this.#takeCompleted(worker, message.completed)
      for (const outcome of completed) this.#options.listener.onCompleted(outcome)
      if (completed.length > 0) this.#afterEnd()
    }
  }

  /** A worker is gone: each claim that it held ends here. */
  onGone(worker: WorkerProcess, end: ProcessEnd): void {
    const { stateDir, types, listener } = this.#options
    const outcomes = exitOutcomes(
      {
        workerId: worker.id,
        handed: [...worker.handed.values()],
        running: readEvidence(stateDir, worker.id).running,
        hooks: worker.hooks,
        blamed: worker.blamed,
        isExpected: worker.isExpected,
        end,
        memoryBytes: worker.report?.figures.memoryBytes ?? 0,
        nowMs: monotonicMs(),
      },
      types,
    )
    dropEvidence(stateDir, worker.id)
    this.#forget(worker)
    for (const outcome of outcomes) listener.onOutcome(outcome)
    this.#afterEnd()
  }

  #workers(): readonly WorkerProcess[] {
    return [...this.#options.pool.workers]
  }

  /** Each job to a slot that is free, and ahead only where none is; workers that are equal take turns. */
  #share(jobs: readonly ArrivedJob[]): ReadonlyMap<WorkerProcess, readonly ArrivedJob[]> {
    const [first] = jobs
    const places = this.#workers().map((worker) => placeOf(worker, first?.job.solo === true))
    for (const job of jobs) {
      const at = roomiest(places, this.#turn)
      const place = places[at]
      if (place !== undefined) giveTo(place, job)
      this.#turn = at + 1
    }
    return new Map(places.filter(({ share }) => share.length > 0).map(({ worker, share }) => [worker, share] as const))
  }

  #watchMs(job: ClaimedJob): number {
    const { timeoutMs } = this.#options.types.rulesOf(job)
    return timeoutMs === 0 ? 0 : timeoutMs + this.#options.timeoutGraceMs + lateMs
  }

  #onEnded(worker: WorkerProcess, { completed, outcomes }: Extract<ToStation, { k: 'ended' }>): void {
    const { listener } = this.#options
    for (const outcome of this.#takeCompleted(worker, completed)) {
      this.#noteRun(outcome.queue, outcome.runMs)
      listener.onOutcome(outcome)
    }
    for (const outcome of outcomes) {
      const held = this.#takeEnded(worker, outcome.id, outcome.claimSeq)
      if (held !== undefined) listener.onOutcome(outcome)
    }
    this.#afterEnd()
  }

  #noteRun(queue: string, runMs: number): void {
    const before = this.#meanRunMs.get(queue) ?? runMs
    this.#meanRunMs.set(queue, before * 0.9 + runMs * 0.1)
  }

  #afterEnd(): void {
    this.#options.listener.onFree()
    if (this.running === 0) for (const resolve of this.#onEmpty.splice(0)) resolve()
  }

  /** A handler ignores its signal: its process is killed, and only then does the attempt end. */
  #onStuck(worker: WorkerProcess, outcome: Outcome): void {
    if (worker.handed.get(outcome.id)?.job.claimSeq !== outcome.claimSeq) return
    worker.blamed.set(outcome.id, outcome)
    worker.kill(exitReasons.deafHandler(outcome.id))
  }

  #takeCompleted(worker: WorkerProcess, completed: PackedCompletions): readonly CompletedOutcome[] {
    const takeJob = (id: number, claimSeq: number) => this.#takeEnded(worker, id, claimSeq)?.job
    return unpackCompletions(completed, { workerId: worker.id, takeJob })
  }

  #takeEnded(worker: WorkerProcess, id: number, claimSeq: number): HandedJob | undefined {
    const held = worker.takeEnded(id, claimSeq)
    if (held !== undefined) this.#unwatch(held)
    return held
  }

  #forget(worker: WorkerProcess): void {
    for (const handed of worker.handed.values()) this.#unwatch(handed)
    worker.handed.clear()
  }

  #unwatch(handed: HandedJob): void {
    this.#timeouts.remove(handed, handed.watchMs)
    this.#cancels.remove(handed, this.#options.timeoutGraceMs + lateMs)
  }

  /** The worker does not even answer: its loop stands still. */
  #onOverdue(handed: HandedJob, cause: StopCause): void {
    const { job, watchMs } = handed
    const worker = this.#workers().find((one) => one.handed.get(job.id) === handed)
    if (worker === undefined || this.#isAbandoned) return
    const { stateDir, types } = this.#options
    const runs = readEvidence(stateDir, worker.id).running.some(
      ({ id, claimSeq }) => id === job.id && claimSeq === job.claimSeq,
    )
    if (!runs && cause === 'timeout') {
      // It has not begun: not its fault. Whoever holds the loop is watched as well.
      this.#timeouts.add(handed, watchMs, monotonicMs())
      return
    }
    worker.blamed.set(job.id, overdueOutcome(handed, cause, { types, workerId: worker.id }))
    worker.kill(exitReasons.overdue(job, cause))
  }

  async #untilGone(worker: WorkerProcess): Promise<void> {
    while (worker.phase !== 'gone' || this.#options.pool.workers.has(worker)) await sleep(10)
  }
}
