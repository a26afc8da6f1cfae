import type { RunningStation, StationEvent } from '../client/work-options.ts'
import { afterFailedContact, afterRenewal, noContact } from '../domain/worker/lease-trust.ts'
import { deferred } from '../std/deferred.ts'
import type { Log } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sleep } from '../std/sleep.ts'
import type { Outcome, SettleResult } from '../storage/outcome-store.ts'
import type { Store } from '../storage/store.ts'
import { ClaimBuffer } from './claim-buffer.ts'
import type { ClaimGate } from './claim-gate.ts'
import { ClaimPace } from './claim-pace.ts'
import { ClaimPlanner } from './claim-planner.ts'
import { Claimer } from './claimer.ts'
import { Completer } from './completer.ts'
import { DirectSlots } from './direct-slots.ts'
import type { ClaimedBatch } from './executor.ts'
import type { HandlerHost } from './handler-host.ts'
import { InlineExecutor } from './inline-executor.ts'
import { openRunningFile, type RunningFile } from './running-file.ts'
import { endedEvent, isDueSoon, startedEvent } from './station-events.ts'
import { StationIdentity } from './station-identity.ts'
import type { StationOptions } from './station-options.ts'
import { createStationServices, type StationServices } from './station-services.ts'

/** What a station is built from. */
export interface StationParts {
  readonly store: Store
  readonly host: HandlerHost
  readonly gate: ClaimGate
  readonly options: StationOptions
  readonly version: string
}

/** The engine of a machine: claims, runs handlers in this process, and reports. All wiring of its parts is here. */
export class Station implements RunningStation {
  readonly #parts: StationParts
  readonly #log: Log
  readonly #identity: StationIdentity
  readonly #buffer = new ClaimBuffer()
  readonly #pace = new ClaimPace()
  readonly #claimer: Claimer
  readonly #completer: Completer
  readonly direct: DirectSlots
  readonly #stopped = deferred()
  readonly #hurry = new AbortController()
  readonly #types: ReadonlySet<string>
  #executor: InlineExecutor | undefined
  #runningFile: RunningFile | undefined
  #services: StationServices | undefined
  #stopping: Promise<void> | undefined
  #reenlisting: Promise<void> | undefined
  #contact = noContact
  #feedScheduled = false

  constructor(parts: StationParts) {
    const { store, host, options, version } = parts
    this.#parts = parts
    this.#log = host.log
    this.#types = new Set(host.registry.runnable().map((definition) => definition.name))
    const onContactLost = this.#onContactLost
    const planner = new ClaimPlanner(options, this.#types, parts.gate)
    this.#identity = new StationIdentity({
      store,
      station: options,
      version,
      types: [...this.#types],
      leaseMs: options.leaseMs,
      log: host.log,
      onDead: () => this.#onDeclaredDead(),
      onRenewed: (startedMs) => this.#onRenewed(startedMs),
      onFailed: onContactLost,
    })
    this.#completer = new Completer({
      store,
      stationId: () => this.#identity.id,
      log: host.log,
      takeLive: () => this.#executor?.takeLive() ?? { logs: [], progress: [] },
      onSettled: (outcomes, result) => this.#onSettled(outcomes, result),
      onContactLost,
    })
    this.#claimer = new Claimer({
      store: { ...store, claims: this.#pace.measured(store.claims) },
      stationId: () => this.#identity.id,
      log: host.log,
      wanted: () => this.#wanted(),
      plan: (heads, free) => planner.plan(heads, free),
      onClaimed: (batch) => this.#onClaimed(batch),
      mayAsk: () => this.#reenlisting === undefined && this.#identity.mayClaim(),
      untilHeldIsKnown: () => this.direct.settled(),
      heldIds: () => [...this.#buffer.ids(), ...(this.#executor?.openIds() ?? []), ...this.#completer.ids()],
      onContactLost,
    })
    this.direct = new DirectSlots({
      mayRun: (job) => planner.mayRun(job),
      stationId: () => this.#identity.id,
      free: () => this.#idleSlots(),
      onTaken: (jobs) => this.#onClaimed({ jobs, receivedMs: monotonicMs() }),
      onDoubt: () => this.#claimer.signalUnclear(),
    })
  }

  get id(): string {
    return this.#identity.id
  }

  /** Registers, then begins to work. @throws what the store throws */
  async start(): Promise<void> {
    const { options, host } = this.#parts
    await this.#identity.enlist()
    // The registration is the first renewal.
    this.#onRenewed(this.#identity.renewedMs)
    this.#runningFile = openRunningFile(options, this.id, this.#log)
    this.#executor = new InlineExecutor({
      concurrency: options.concurrency,
      timeoutGraceMs: options.timeoutGraceMs,
      host,
      runningFile: this.#runningFile,
      listener: {
        onOutcome: (outcome) => this.#completer.push(outcome),
        onCompleted: (outcome) => this.#emit(endedEvent(outcome, false)),
        onFree: () => this.#scheduleFeed(),
      },
    })
    this.#services = createStationServices({
      ...options,
      ...this.#parts,
      pace: this.#pace,
      ownId: () => this.id,
      contact: () => this.#contact,
      onSlept: this.#onContactLost,
      onWork: () => this.#claimer.signalWork(),
      takeLive: () => this.#executor?.takeLive() ?? { logs: [], progress: [] },
      onGuard: () => this.#guardTrust(),
      onStocktaking: () => this.#claimer.lookAgain(),
      onNeighbours: (others) => this.direct.see(others),
    })
    this.#claimer.start()
    for (const service of this.#services.all) service.start()
  }

  stop({ now = false }: { readonly now?: boolean } = {}): Promise<void> {
    if (now) this.#hurry.abort()
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  untilStopped(): Promise<void> {
    return this.#stopped.promise
  }

  async untilIdle(): Promise<void> {
    this.#claimer.signalWork()
    while (!this.#isIdle() && this.#stopping === undefined) await sleep(2)
  }

  /** Claimer, executor (to the deadline), completer, services, lease. */
  async #stop(): Promise<void> {
    try {
      await this.#claimer.stop()
      await this.direct.close()
      for (const { id, claimSeq } of this.#buffer.drain()) this.#completer.push({ kind: 'returned', id, claimSeq })
      this.#completer.flushSoon()
      await this.#drainExecutor()
      await this.#flushWhileTrusted()
      await Promise.all((this.#services?.all ?? []).map((service) => service.stop()))
      await this.#reenlisting
      await this.#identity.retire()
    } finally {
      this.#executor?.close()
      this.#stopped.resolve()
    }
  }

  async #drainExecutor(): Promise<void> {
    const deadline = setTimeout(() => this.#hurry.abort(), this.#parts.options.graceMs)
    await this.#executor?.untilEmpty(this.#hurry.signal)
    clearTimeout(deadline)
    this.#executor?.abandon('shutdown')
  }

  async #flushWhileTrusted(): Promise<void> {
    const bound = new AbortController()
    const timer = setTimeout(() => bound.abort(), this.#parts.options.leaseMs)
    await this.#completer.flush(bound.signal)
    clearTimeout(timer)
  }

  #wanted(): number {
    if (this.#stopping !== undefined || this.#reenlisting !== undefined || this.#completer.isFull) return 0
    const free = (this.#executor?.free ?? 0) - this.direct.reserved
    return this.#identity.mayClaim() ? this.#buffer.wanted(Math.max(0, free)) : 0
  }

  /** Slots for jobs that overtake nobody. */
  #idleSlots(): number {
    const isIdle = this.#claimer.isIdle && this.#buffer.held === 0 && this.#wanted() > 0
    return isIdle ? (this.#executor?.free ?? 0) : 0
  }

  #onClaimed(batch: ClaimedBatch): void {
    this.#emit({ kind: 'claimed', count: batch.jobs.length, claims: batch.jobs })
    this.#buffer.add(batch)
    this.#feed()
  }

  #scheduleFeed(): void {
    if (this.#feedScheduled) return
    this.#feedScheduled = true
    queueMicrotask(() => {
      this.#feedScheduled = false
      this.#feed()
    })
  }

  #feed(): void {
    const executor = this.#executor
    if (executor === undefined || this.#stopping !== undefined) return
    const jobs = this.#buffer.take(executor.free, executor.running)
    if (jobs.length > 0) {
      if (this.#parts.options.onEvent !== undefined) {
        for (const { job } of jobs) this.#emit(startedEvent(job))
      }
      executor.start(jobs)
    }
    if (this.#buffer.wanted(executor.free) > 0) this.#claimer.signalRoom()
  }

  #onSettled(outcomes: readonly Outcome[], { refused }: SettleResult): void {
    if (refused.length > 0)
      this.#log.warn('outcomes of claims that were taken away were refused', { count: refused.length })
    if (outcomes.some((outcome) => outcome.kind === 'failed' && outcome.hook)) this.#services?.hooks.nudge()
    if (outcomes.some(isDueSoon)) this.#services?.promoter.nudge()
    this.#claimer.signalRoom()
    if (this.#parts.options.onEvent === undefined) return
    const stale = new Set(refused)
    for (const outcome of outcomes) this.#emit(endedEvent(outcome, stale.has(outcome)))
  }

  #onRenewed(startedMs: number): void {
    this.#contact = afterRenewal(this.#contact, startedMs, this.#parts.options.leaseMs)
    this.#claimer.signalRoom()
  }

  /** The store was away: nobody is declared dead before this station has held contact for a whole lease again. */
  readonly #onContactLost = (): void => {
    this.#contact = afterFailedContact(this.#contact)
  }

  #guardTrust(): void {
    if (this.#identity.isTrusted() || this.#reenlisting !== undefined) return
    this.#log.error('no contact with the store for too long: running jobs are aborted, others may run them', {})
    this.#dropAll()
  }

  #dropAll(): void {
    this.#buffer.drain()
    this.#executor?.abandon('lease_lost')
    this.#claimer.signalUnclear()
  }

  /** T4 refused: what ran here belongs to others now. */
  #onDeclaredDead(): void {
    this.#log.error('this station was declared dead; it aborts its jobs and registers anew', { station: this.id })
    this.#dropAll()
    this.#reenlisting ??= this.#reenlist().finally(() => {
      this.#reenlisting = undefined
      this.#claimer.signalWork()
    })
  }

  async #reenlist(): Promise<void> {
    await this.#identity.endLease()
    while (this.#stopping === undefined) {
      try {
        await this.#identity.enlist()
        break
      } catch (error) {
        this.#log.warn('the station could not register anew; trying again', { error })
        await sleep(1_000, this.#hurry.signal)
      }
    }
    this.#moveRunningFile()
  }

  #moveRunningFile(): void {
    try {
      this.#runningFile?.moveTo(this.id)
    } catch (error) {
      this.#log.warn('the state folder cannot be written; crashes of this station count for no job', { error })
    }
  }

  #isIdle(): boolean {
    return this.#claimer.isIdle && this.#buffer.held === 0 && this.#executor?.running === 0 && this.#completer.isEmpty
  }

  #emit(event: StationEvent): void {
    this.#parts.options.onEvent?.(event)
  }
}
