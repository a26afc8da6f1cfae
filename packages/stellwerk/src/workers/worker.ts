import type { AnyJobDefinition } from '../client/job-definition.ts'
import { JobRegistry } from '../client/job-registry.ts'
import { ClaimBuffer } from '../engine/claim-buffer.ts'
import { enforceMemory } from '../engine/enforce-memory.ts'
import type { AbortCause, ClaimRef } from '../engine/executor.ts'
import type { HandlerHost } from '../engine/handler-host.ts'
import { InlineExecutor } from '../engine/inline-executor.ts'
import { RulesBook } from '../engine/rules-book.ts'
import { openRunningFile } from '../engine/running-file.ts'
import { runningJobsOf } from '../engine/running-jobs.ts'
import { runHook } from '../engine/services/run-hook.ts'
import { cancelledBeforeStart } from '../engine/station-events.ts'
import { WorkerMeter } from '../engine/worker-meter.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import { sleep } from '../std/sleep.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import type { Store } from '../storage/store.ts'
import { addOutput, type OutputCapture } from './capture-output.ts'
import type { Channel } from './channel.ts'
import { LeaveWatch } from './leave-watch.ts'
import type { ToStation, ToWorker, WorkerSetup } from './messages.ts'
import { OutcomeSender } from './outcome-sender.ts'
import { unpackJobs } from './pack-jobs.ts'
import { StationLine } from './station-line.ts'

/** How often lines, progress and the limits are looked at, ms. */
const tickMs = 250
const ticksPerReport = 8
/** What was handed over and has not started by then goes back: the slots are longer taken than it looked. */
const staleMs = 500
/** Who leaves waits this long for hooks that run; what then still runs is run again elsewhere. */
const hookGraceMs = 10_000
/** Lines wait in this process while the station does not take them. */
const maxBacklogBytes = 1_048_576

/** What a worker is built from. */
export interface WorkerParts {
  readonly setup: WorkerSetup
  readonly definitions: readonly AnyJobDefinition[]
  readonly channel: Channel<ToStation, ToWorker>
  readonly capture: OutputCapture
  /** Opens this process's own connection, at the first use. */
  readonly openStore: () => Promise<Store>
  readonly exit: (code: number) => void
}

/** A worker process from the inside: an inline executor whose jobs come from, and whose outcomes go to, the station. */
export class Worker {
  readonly #parts: WorkerParts
  readonly #executor: InlineExecutor
  readonly #buffer = new ClaimBuffer()
  readonly #meter = new WorkerMeter()
  readonly #sender: OutcomeSender
  readonly #line: StationLine
  readonly #host: HandlerHost
  readonly #leave: LeaveWatch
  readonly #timer: NodeJS.Timeout
  readonly #hooks = new Set<Promise<void>>()
  #ticks = 0
  #fedMs = monotonicMs()
  #restUntilMs = 0
  #feedScheduled = false
  #isDraining = false
  #trustedUntilMs = Number.POSITIVE_INFINITY

  constructor(parts: WorkerParts) {
    const { setup, channel, definitions, capture } = parts
    this.#parts = parts
    this.#line = new StationLine(channel, setup, parts.openStore)
    const rules = new RulesBook(setup.defaults)
    this.#host = {
      registry: new JobRegistry(definitions),
      installationId: setup.installationId,
      log: this.#line.log,
      workerId: setup.workerId,
      output: capture,
      rulesOf: (...asked) => rules.rulesOf(...asked),
      dispatch: (request, place) => this.#line.dispatch(request, place),
      completions: this.#line.completions,
    }
    this.#leave = new LeaveWatch(setup.limits, (reason) => channel.send({ k: 'recycle', reason }))
    this.#sender = new OutcomeSender(channel, () => this.#executor.takeLive())
    this.#executor = new InlineExecutor({
      concurrency: setup.concurrency,
      timeoutGraceMs: setup.timeoutGraceMs,
      host: this.#host,
      runningFile: openRunningFile(setup, setup.workerId, this.#line.log),
      listener: {
        onOutcome: (outcome) => this.#onOutcome(outcome),
        onCompleted: (outcome) => {
          this.#meter.note(outcome)
          this.#sender.committed(outcome)
        },
        onFree: () => this.#onFree(),
      },
      onStuck: (outcome) => {
        this.#sender.flush()
        channel.send({ k: 'stuck', outcome })
      },
    })
    this.#timer = setInterval(() => this.#tick(), tickMs)
  }

  onMessage(message: ToWorker): void {
    if (message.k === 'jobs') this.#onJobs(message)
    else if (message.k === 'trust') this.#trustedUntilMs = message.untilMs
    else if (message.k === 'dispatched') this.#line.onDispatched(message)
    else if (message.k === 'cancel') this.#cancel(message.claim)
    else if (message.k === 'hook') void this.#runHook(message)
    else if (message.k === 'abandon') void this.abandon(message.cause)
    else if (message.k === 'drain') void this.#drain()
    else if (message.k === 'output') this.#onOutput(message)
  }

  /** Tells every handler to stop, gives them a moment, and leaves. */
  async abandon(cause: AbortCause): Promise<void> {
    this.#isDraining = true
    this.#buffer.drain()
    void this.#executor.abandon(cause)
    await this.#executor.untilEmpty(AbortSignal.timeout(500))
    this.#leaveNow()
  }

  #onJobs({ jobs, receivedMs }: Extract<ToWorker, { k: 'jobs' }>): void {
    const ageMs = sharedClockMs() - receivedMs
    const arrivedMs = monotonicMs() - ageMs
    for (const { jobs: batch, laterMs } of unpackJobs(jobs)) {
      if (this.#isDraining) for (const job of batch) this.#giveBack(job)
      else this.#buffer.add({ jobs: batch, receivedMs: arrivedMs + laterMs })
    }
    if (this.#isDraining) return
    // At once: a word to leave may stand behind them in the same frame.
    if (monotonicMs() >= this.#restUntilMs) this.#feed()
    else this.#scheduleFeed()
  }

  #onOutcome(outcome: Outcome): void {
    this.#meter.note(outcome)
    this.#sender.push(outcome)
    this.#leave.note(outcome)
  }

  #onFree(): void {
    const { restMs } = this.#parts.setup.limits
    if (restMs > 0) this.#restUntilMs = monotonicMs() + restMs
    this.#scheduleFeed()
  }

  #scheduleFeed(): void {
    if (this.#feedScheduled) return
    this.#feedScheduled = true
    const restMs = this.#restUntilMs - monotonicMs()
    const feed = (): void => {
      this.#feedScheduled = false
      this.#feed()
    }
    if (restMs > 0) setTimeout(feed, restMs)
    else queueMicrotask(feed)
  }

  #feed(): void {
    const jobs = this.#buffer.take(this.#executor.free, this.#executor.running)
    if (jobs.length === 0) return
    this.#fedMs = monotonicMs()
    this.#executor.start(jobs)
  }

  #tick(): void {
    this.#ticks++
    if (sharedClockMs() > this.#trustedUntilMs) void this.abandon('lease_lost')
    if (this.#buffer.held === 0) this.#fedMs = monotonicMs()
    else if (monotonicMs() - this.#fedMs > staleMs + this.#parts.setup.limits.restMs)
      for (const job of this.#buffer.drain()) this.#giveBack(job)
    enforceMemory(this.#executor)
    this.#leave.look()
    const { channel } = this.#parts
    if (channel.backlogBytes < maxBacklogBytes) this.#sender.sendLive()
    if (this.#ticks % ticksPerReport === 1) this.report()
  }

  /** Says how this process fares. */
  report(): void {
    const running = runningJobsOf(this.#executor.attempts)
    const runningCount = this.#executor.running
    this.#parts.channel.send({ k: 'report', figures: this.#meter.take(), running, runningCount })
  }

  #cancel(claim: ClaimRef): void {
    const waiting = this.#buffer.remove(claim)
    if (waiting === undefined) this.#executor.cancel(claim)
    else this.#sender.push(cancelledBeforeStart(waiting))
  }

  /** Written past the handler's own streams, by a child of it or native code: it is the only job's, where there is one. */
  #onOutput({ channel, lines }: Extract<ToWorker, { k: 'output' }>): void {
    const [only, ...others] = this.#executor.attempts
    if (only !== undefined && others.length === 0 && !only.ended) addOutput(only, channel, lines)
    else for (const line of lines) this.#line.log.info(line, { worker: this.#parts.setup.workerId, channel })
  }

  #giveBack({ id, claimSeq }: { readonly id: number; readonly claimSeq: number }): void {
    this.#sender.push({ kind: 'returned', id, claimSeq })
  }

  async #runHook({ n, hook }: Extract<ToWorker, { k: 'hook' }>): Promise<void> {
    const run = runHook(this.#host, hook)
    this.#hooks.add(run)
    await run
    this.#hooks.delete(run)
    this.#parts.channel.send({ k: 'hooked', n })
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    for (const job of this.#buffer.drain()) this.#giveBack(job)
    await this.#executor.untilEmpty(new AbortController().signal)
    await Promise.race([Promise.all(this.#hooks), sleep(hookGraceMs)])
    this.#leaveNow()
  }

  #leaveNow(): void {
    const { channel, exit } = this.#parts
    clearInterval(this.#timer)
    this.#sender.flush()
    this.#executor.close()
    this.#meter.close()
    channel.send({ k: 'bye' })
    void channel.close().then(() => exit(this.#leave.reason === 'memory' ? 12 : 0))
  }
}
