import { StellwerkError } from '../domain/errors.ts'
import type { JobOverrides } from '../domain/job/job-options.ts'
import { monotonicMs } from '../std/monotonic.ts'
import type { LogAppend, Outcome, ProgressUpdate } from '../storage/outcome-store.ts'
import { Attempt, type StopCause } from './attempt.ts'
import { type AttemptFailure, cancelledOutcome, completedOutcome, failureOutcome } from './attempt-outcome.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import type { AbortCause, ArrivedJob, ClaimRef, Executor, ExecutorListener, LiveRecords } from './executor.ts'
import type { HandlerHost } from './handler-host.ts'
import { learnCompletion, notCommitted } from './learn-completion.ts'
import { ResourceMeter } from './resource-meter.ts'
import { failureKindOf, isThenable, runHandler } from './run-handler.ts'
import type { RunningFile } from './running-file.ts'
import { abandonError, stopError } from './stop-error.ts'

/** How an inline executor is set up. */
export interface InlineExecutorOptions {
  readonly concurrency: number
  readonly timeoutGraceMs: number
  readonly host: HandlerHost
  readonly listener: ExecutorListener
  readonly runningFile: RunningFile | undefined
  /** A handler ignores its signal past the grace. Not given: the outcome is recorded, and the slot stays taken until it settles. */
  readonly onStuck?: (outcome: Outcome) => void
}

/** Runs handlers in the station's own process, `concurrency` at a time. */
export class InlineExecutor implements Executor {
  readonly #options: InlineExecutorOptions
  readonly #freeSlots: number[]
  readonly #attempts = new Set<Attempt>()
  readonly #meter = new ResourceMeter(() => this.#attempts.size)
  readonly #timeouts = new DeadlineWatch<Attempt>((attempt) => this.#onTimeout(attempt))
  readonly #graces = new DeadlineWatch<Attempt>((attempt) => this.#onGraceOver(attempt))
  #finished: { readonly logs: LogAppend[]; readonly progress: ProgressUpdate[] } = { logs: [], progress: [] }
  #onEmpty: (() => void)[] = []
  #marksScheduled = false
  readonly #closing = new AbortController()
  #solo: Attempt | undefined

  constructor(options: InlineExecutorOptions) {
    this.#options = options
    this.#freeSlots = Array.from({ length: options.concurrency }, (_, index) => options.concurrency - 1 - index)
  }

  /** None beside a solo job: only a death alone tells who the killer is. */
  get free(): number {
    return this.#solo?.ended === false ? 0 : this.#freeSlots.length
  }

  get running(): number {
    return this.#attempts.size
  }

  runningFrom(priority: number): number {
    return [...this.#attempts].filter((attempt) => attempt.start.job.priority >= priority).length
  }

  get hasSoloRoom(): boolean {
    return this.#attempts.size === 0
  }

  start(jobs: readonly ArrivedJob[]): void {
    const attempts = jobs.map((arrived) => this.#open(arrived))
    this.#options.runningFile?.flush()
    for (const attempt of attempts) this.#run(attempt)
  }

  cancel({ id, claimSeq }: ClaimRef): boolean {
    for (const attempt of this.#attempts) {
      const { job } = attempt.start
      if (job.id !== id || job.claimSeq !== claimSeq || attempt.ended) continue
      this.stop(attempt, 'cancelled')
      return true
    }
    return false
  }

  /** What is in a handler now, oldest first. */
  get attempts(): ReadonlySet<Attempt> {
    return this.#attempts
  }

  openIds(): readonly number[] {
    return [...this.#attempts].filter((attempt) => !attempt.ended).map((attempt) => attempt.start.job.id)
  }

  takeLive(): LiveRecords {
    const { logs, progress } = this.#finished
    this.#finished = { logs: [], progress: [] }
    for (const attempt of this.#attempts) {
      const update = attempt.takeProgress()
      if (update !== undefined) progress.push(update)
      if (attempt.writtenLog !== undefined) logs.push(...attempt.writtenLog.take(attempt.atOf(monotonicMs())))
    }
    return { logs, progress }
  }

  abandon(cause: AbortCause): Promise<void> {
    const reason = abandonError(cause)
    for (const attempt of this.#attempts) {
      if (!attempt.ended) {
        const { id, claimSeq } = attempt.start.job
        attempt.ended = true
        if (cause === 'shutdown') this.#options.listener.onOutcome({ kind: 'returned', id, claimSeq })
      }
      attempt.abort(reason)
    }
    return Promise.resolve()
  }

  untilEmpty(signal: AbortSignal): Promise<void> {
    if (this.#attempts.size === 0 || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onEmpty.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  close(): void {
    this.#closing.abort()
    this.#timeouts.close()
    this.#graces.close()
    this.#options.runningFile?.close()
  }

  #open({ job, receivedMs }: ArrivedJob): Attempt {
    const { host, runningFile } = this.#options
    const slot = this.#freeSlots.pop()
    if (slot === undefined) throw new StellwerkError('INTERNAL', 'the executor was handed more jobs than it has slots')
    const definition = host.registry.find(job.type)
    const overrides = job.options === null ? null : (JSON.parse(job.options) as JobOverrides)
    const rules = host.rulesOf(definition, overrides, job.createdAt)
    const startedMs = monotonicMs()
    const sample = this.#options.concurrency === 1 ? this.#meter.refresh(startedMs) : this.#meter.read(startedMs)
    const attempt = new Attempt({
      job,
      definition,
      rules,
      slot,
      receivedMs,
      startedMs,
      sample,
      sampleNow: this.#sampleNow,
      workerId: host.workerId,
    })
    this.#attempts.add(attempt)
    if (job.solo) this.#solo = attempt
    runningFile?.mark(slot, job.id, job.claimSeq)
    if (rules.timeoutMs > 0) this.#timeouts.add(attempt, rules.timeoutMs, startedMs)
    return attempt
  }

  #run(attempt: Attempt): void {
    const { host } = this.#options
    let returned: unknown
    let isPending: boolean
    try {
      returned =
        host.output === undefined
          ? runHandler(attempt, host)
          : host.output.within(attempt, () => runHandler(attempt, host))
      isPending = returned instanceof Promise || isThenable(returned)
    } catch (thrown) {
      this.#onThrown(attempt, thrown)
      return
    }
    if (isPending) {
      Promise.resolve(returned).then(
        (value) => this.#onReturned(attempt, value),
        (thrown: unknown) => this.#onThrown(attempt, thrown),
      )
    } else this.#onReturned(attempt, returned)
  }

  #onReturned(attempt: Attempt, value: unknown): void {
    if (attempt.completion !== null) this.#onThrown(attempt, notCommitted(attempt))
    else if (attempt.verdict !== null || attempt.stopped !== null) this.#onThrown(attempt, undefined)
    else {
      if (!attempt.ended) this.#give(attempt, completedOutcome(attempt, value, this.#sampleNow()))
      this.#settle(attempt)
    }
  }

  #onThrown(attempt: Attempt, thrown: unknown): void {
    if (attempt.completion !== null) {
      void this.#learn(attempt).then(() => this.#onThrown(attempt, thrown))
      return
    }
    if (!attempt.ended) this.#endFailed(attempt, thrown)
    this.#settle(attempt)
  }

  #endFailed(attempt: Attempt, thrown: unknown): void {
    const { id, claimSeq } = attempt.start.job
    const { verdict } = attempt
    if (verdict?.kind === 'snooze') this.#give(attempt, { kind: 'snoozed', id, claimSeq, delayMs: verdict.delayMs })
    else if (verdict?.kind === 'fail')
      this.#fail(attempt, { kind: 'error', thrown: verdict.error, threw: true, final: true })
    else if (attempt.stopped !== null) this.#give(attempt, this.#stoppedOutcome(attempt, attempt.stopped))
    else this.#fail(attempt, { kind: failureKindOf(attempt), thrown, threw: true, final: false })
  }

  #fail(attempt: Attempt, failure: AttemptFailure): void {
    this.#give(attempt, failureOutcome(attempt, failure, this.#sampleNow()))
  }

  #give(attempt: Attempt, outcome: Outcome): void {
    this.#end(attempt)
    this.#options.listener.onOutcome(outcome)
  }

  /** Waits until the store has told what became of a completion in the handler's own transaction. Afterwards none is open. */
  async #learn(attempt: Attempt): Promise<void> {
    const { host, listener } = this.#options
    const outcome = attempt.completion
    const isCompleted = await learnCompletion(attempt, host, this.#closing.signal)
    // The grace may have run out meanwhile, and the same have been learnt for it.
    if (outcome === null || attempt.completion !== outcome) return
    attempt.completion = null
    if (!isCompleted || attempt.ended) return
    this.#end(attempt)
    listener.onCompleted(outcome)
  }

  #end(attempt: Attempt): void {
    this.#options.host.output?.settle(attempt)
    attempt.ended = true
    const { writtenLog } = attempt
    const progress = attempt.takeProgress()
    if (progress !== undefined) this.#finished.progress.push(progress)
    if (writtenLog !== undefined) this.#finished.logs.push(...writtenLog.take(attempt.atOf(monotonicMs())))
  }

  /** The handler has settled: its slot is free. */
  #settle(attempt: Attempt): void {
    const { slot, rules } = attempt.start
    this.#timeouts.remove(attempt, rules.timeoutMs)
    this.#graces.remove(attempt, this.#options.timeoutGraceMs)
    this.#attempts.delete(attempt)
    if (this.#solo === attempt) this.#solo = undefined
    this.#freeSlots.push(slot)
    this.#options.runningFile?.clear(slot)
    this.#scheduleMarks()
    this.#options.listener.onFree()
    if (this.#attempts.size === 0) {
      for (const resolve of this.#onEmpty) resolve()
      this.#onEmpty = []
    }
  }

  /** Handlers that end in one turn share one write of the running file. */
  #scheduleMarks(): void {
    const { runningFile } = this.#options
    if (runningFile === undefined || this.#marksScheduled) return
    this.#marksScheduled = true
    queueMicrotask(() => {
      this.#marksScheduled = false
      runningFile.flush()
    })
  }

  readonly #sampleNow = (): ReturnType<ResourceMeter['read']> =>
    this.#options.concurrency === 1 ? this.#meter.refresh() : this.#meter.read()

  #onTimeout(attempt: Attempt): void {
    if (!attempt.ended) this.stop(attempt, 'timeout')
  }

  /** The first cause stands; its signal is aborted, and the grace begins. */
  stop(attempt: Attempt, cause: StopCause): void {
    if (attempt.stopped !== null) return
    attempt.stopped = cause
    this.#graces.add(attempt, this.#options.timeoutGraceMs, monotonicMs())
    attempt.abort(stopError(attempt, cause))
  }

  #stoppedOutcome(attempt: Attempt, cause: StopCause): Outcome {
    if (cause === 'cancelled') return cancelledOutcome(attempt, this.#sampleNow())
    const failure = { kind: cause, thrown: stopError(attempt, cause), threw: false, final: false }
    return failureOutcome(attempt, failure, this.#sampleNow())
  }

  /** The handler ignores its signal: the attempt is recorded, the slot stays taken until it settles, or its process is killed. */
  #onGraceOver(attempt: Attempt): void {
    if (attempt.completion !== null) void this.#learn(attempt).then(() => this.#onGraceOver(attempt))
    else if (!attempt.ended) {
      const outcome = this.#stoppedOutcome(attempt, attempt.stopped ?? 'timeout')
      const { onStuck } = this.#options
      if (onStuck === undefined) this.#give(attempt, outcome)
      else {
        this.#end(attempt)
        onStuck(outcome)
      }
    }
  }
}
