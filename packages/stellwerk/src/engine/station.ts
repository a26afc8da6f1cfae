import type { RunningStation, StationEvent } from '../client/work-options.ts'
import { afterFailedContact, afterRenewal, noContact } from '../domain/worker/lease-trust.ts'
import { deferred } from '../std/deferred.ts'
import type { Log } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sleep } from '../std/sleep.ts'
import type { Outcome, SettleResult } from '../storage/outcome-store.ts'
import type { Store } from '../storage/store.ts'
import type { ClaimGate } from './claim-gate.ts'
import { ClaimPace } from './claim-pace.ts'
import { Claimer } from './claimer.ts'
import { Completer } from './completer.ts'
import { DirectSlots } from './direct-slots.ts'
import type { ClaimRef } from './executor.ts'
import type { FailureLog } from './failure-log.ts'
import { orderToAll } from './order-to-all.ts'
import type { StationControl } from './station-control.ts'
import { cancelledBeforeStart, endedEvent, isDueSoon, startedEvent } from './station-events.ts'
import { StationIdentity } from './station-identity.ts'
import type { StationOptions } from './station-options.ts'
import { StationPool } from './station-pool.ts'
import type { StationRuntime } from './station-runtime.ts'
import { createStationServices, type StationServices } from './station-services.ts'

/** What a station is built from. */
export interface StationParts {
  readonly store: Store
  readonly log: Log
  readonly failures: FailureLog
  readonly gate: ClaimGate
  readonly runtime: StationRuntime
  readonly options: StationOptions
  readonly version: string
}

/** The engine of a machine: claims, hands over to its pools, and reports. All wiring of its parts is here. */
export class Station implements RunningStation {
  readonly #parts: StationParts
  readonly #identity: StationIdentity
  readonly #pools: readonly StationPool[]
  readonly #pace = new ClaimPace()
  readonly #claimer: Claimer
  readonly #completer: Completer
  readonly direct: DirectSlots
  readonly #stopped = deferred()
  readonly #hurry = new AbortController()
  #services: StationServices | undefined
  #stopping: Promise<void> | undefined
  #reenlisting: Promise<void> | undefined
  #contact = noContact
  #isOpen = false
  #isDismissed = false

  constructor(parts: StationParts) {
    const { store, runtime, options, version, log, failures } = parts
    this.#parts = parts
    this.#pools = runtime.pools.map((pool) => this.#poolOf(pool))
    this.#identity = new StationIdentity({
      ...{ store, version, log, failures },
      station: options,
      serves: runtime,
      leaseMs: options.leaseMs,
      onDead: () => this.#onDeclaredDead(),
      onRenewed: (startedMs) => this.#onRenewed(startedMs),
      onFailed: this.#onContactLost,
    })
    this.#completer = new Completer({
      store,
      stationId: () => this.#identity.id,
      failures,
      deadLetters: () => runtime.deadLetters,
      takeLive: () => runtime.takeLive(),
      onSettled: (outcomes, result) => this.#onSettled(outcomes, result),
      onContactLost: this.#onContactLost,
    })
    this.#claimer = new Claimer({
      store: { ...store, claims: this.#pace.measured(store.claims) },
      stationId: () => this.#identity.id,
      ...{ log, failures },
      takers: this.#pools,
      sleepMs: options.sleepMs,
      mayAsk: () => this.#reenlisting === undefined && this.#identity.mayClaim(),
      untilHeldIsKnown: () => this.direct.settled(),
      heldIds: () => [...this.#pools.flatMap((pool) => pool.heldIds()), ...this.#completer.ids()],
      onContactLost: this.#onContactLost,
    })
    const [only] = this.#pools
    this.direct = new DirectSlots({
      mayRun: (job) => only?.planner.mayRun(job) === true,
      stationId: () => this.#identity.id,
      free: () => this.#idleSlots(),
      onTaken: (jobs) => only?.onClaimed({ jobs, receivedMs: monotonicMs() }),
      onDoubt: () => this.#claimer.signalUnclear(),
    })
  }

  get id(): string {
    return this.#identity.id
  }

  get control(): StationControl {
    return this.#parts.runtime.control
  }

  /** Registers, then begins to work. @throws what the store throws */
  async start(): Promise<void> {
    const { options, runtime, store } = this.#parts
    await this.#identity.enlist()
    // The registration is the first renewal.
    this.#onRenewed(this.#identity.renewedMs)
    await runtime.open({
      stationId: () => this.id,
      listenerOf: (name) => ({
        onOutcome: (outcome) => this.#completer.push(outcome),
        onCompleted: (outcome) => this.#emit(endedEvent(outcome, false)),
        onFree: () => this.#pools.find((pool) => pool.name === name)?.scheduleFeed(),
      }),
      cancel: (claim) => this.#cancel(claim),
      stop: (now) => this.#dismiss(now),
      isStopping: () => this.#stopping !== undefined,
      startedAt: await store.metrics.now(),
    })
    this.#isOpen = true
    this.#services = createStationServices({
      ...options,
      ...this.#parts,
      hooks: runtime.hooks,
      control: this.control,
      pace: this.#pace,
      ownId: () => this.id,
      contact: () => this.#contact,
      deadLetters: () => runtime.deadLetters,
      onSlept: this.#onContactLost,
      onWork: () => this.#claimer.signalWork(),
      takeLive: () => runtime.takeLive(),
      onGuard: () => this.#everySecond(),
      onStocktaking: () => this.#claimer.lookAgain(),
      onNeighbours: (others, rivals) => {
        this.direct.see(others)
        this.#claimer.see(rivals)
      },
    })
    this.#claimer.start()
    for (const service of this.#services.all) service.start()
  }

  stop({ now = false }: { readonly now?: boolean } = {}): Promise<void> {
    if (now) this.#hurry.abort()
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async tell(word: 'restart' | 'pause' | 'resume'): Promise<boolean> {
    const { state } = await this.#parts.runtime.control.apply(orderToAll(word, this.id))
    this.#claimer.signalWork()
    return state === 'done'
  }

  get isDismissed(): boolean {
    return this.#isDismissed
  }

  untilStopped(): Promise<void> {
    return this.#stopped.promise
  }

  async untilIdle(): Promise<void> {
    this.#claimer.signalWork()
    const parts = [this.#claimer, this.direct, ...this.#pools]
    while (!(parts.every((part) => part.isIdle) && this.#completer.isEmpty) && this.#stopping === undefined)
      await sleep(2)
  }

  /** Claimer, executors (to the deadline), completer, services, lease. */
  async #stop(): Promise<void> {
    try {
      await this.#claimer.stop()
      await this.direct.close()
      for (const { id, claimSeq } of this.#pools.flatMap((pool) => pool.drain()))
        this.#completer.push({ kind: 'returned', id, claimSeq })
      this.#completer.flushSoon()
      await this.#drainExecutors()
      await this.#completer.flushWithin(this.#parts.options.leaseMs)
      await Promise.all((this.#services?.all ?? []).map((service) => service.stop()))
      await this.#reenlisting
      await this.#identity.retire()
    } finally {
      await this.#parts.runtime.close()
      this.#stopped.resolve()
    }
  }

  async #drainExecutors(): Promise<void> {
    const { options, runtime } = this.#parts
    if (!this.#isOpen) return
    const deadline = setTimeout(() => this.#hurry.abort(), options.graceMs)
    await Promise.all(runtime.pools.map(({ executor }) => executor.untilEmpty(this.#hurry.signal)))
    clearTimeout(deadline)
    await Promise.all(runtime.pools.map(({ executor }) => executor.abandon('shutdown')))
  }

  #poolOf(pool: StationRuntime['pools'][number]): StationPool {
    return new StationPool({
      pool,
      types: this.#parts.runtime.types,
      gate: this.#parts.gate,
      reserved: () => this.direct.reserved,
      mayClaim: () => this.#mayClaim(),
      mayStart: () => this.#isOpen && this.#stopping === undefined,
      onClaimed: ({ jobs }) => this.#emit({ kind: 'claimed', count: jobs.length, claims: jobs }),
      onStart: (jobs) => {
        if (this.#parts.options.onEvent === undefined) return
        for (const { job } of jobs) this.#emit(startedEvent(job))
      },
      onRoom: () => this.#claimer.signalRoom(),
    })
  }

  #mayClaim(): boolean {
    if (this.#stopping !== undefined || this.#reenlisting !== undefined || this.#completer.isFull) return false
    return this.#isOpen && this.#identity.mayClaim()
  }

  /** Slots for jobs that overtake nobody. Several pools would have to be asked which of them may. */
  #idleSlots(): number {
    const [pool, ...others] = this.#pools
    if (pool === undefined || others.length > 0 || !this.#claimer.isIdle) return 0
    return pool.held === 0 && pool.wanted() > 0 ? pool.free : 0
  }

  #cancel(claim: ClaimRef): boolean {
    for (const pool of this.#pools) {
      const job = pool.take(claim)
      if (job !== undefined) this.#completer.push(cancelledBeforeStart(job))
      if (job !== undefined) return true
    }
    return this.#parts.runtime.pools.some(({ executor }) => executor.cancel(claim))
  }

  #onSettled(outcomes: readonly Outcome[], { refused }: SettleResult): void {
    if (refused.length > 0)
      this.#parts.log.warn('outcomes of claims that were taken away were refused', { count: refused.length })
    if (outcomes.some((outcome) => 'hook' in outcome && outcome.hook)) this.#services?.hooks.nudge()
    if (outcomes.some(isDueSoon)) this.#services?.promoter.nudge()
    this.#claimer.signalRoom()
    if (this.#parts.options.onEvent === undefined) return
    for (const outcome of outcomes) this.#emit(endedEvent(outcome, refused.includes(outcome)))
  }

  #onRenewed(startedMs: number): void {
    const { options, runtime } = this.#parts
    this.#contact = afterRenewal(this.#contact, startedMs, options.leaseMs)
    if (this.#isOpen) runtime.trust(this.#identity.trustedUntilMs)
    this.#claimer.signalRoom()
  }

  /** The store was away: nobody is declared dead before this station has held contact for a whole lease again. */
  readonly #onContactLost = (): void => {
    this.#contact = afterFailedContact(this.#contact)
  }

  #everySecond(): void {
    this.#parts.runtime.tick()
    if (this.#reenlisting === undefined && !this.#identity.checkTrust()) this.#dropAll()
  }

  #dropAll(): void {
    for (const pool of this.#pools) pool.drain()
    for (const { executor } of this.#parts.runtime.pools) void executor.abandon('lease_lost')
    this.#claimer.signalUnclear()
  }

  /** T4 refused: what ran here belongs to others now. */
  #onDeclaredDead(): void {
    this.#parts.log.error('this station was declared dead; it aborts its jobs and registers anew', { station: this.id })
    if (this.#isOpen) this.#dropAll()
    this.#reenlisting ??= this.#reenlist().finally(() => {
      this.#reenlisting = undefined
      this.#claimer.signalWork()
    })
  }

  async #reenlist(): Promise<void> {
    await this.#identity.enlistAnew(() => this.#stopping !== undefined, this.#hurry.signal)
    this.#parts.runtime.rename(this.id)
  }

  #dismiss(now: boolean): void {
    this.#isDismissed = true
    void this.stop({ now })
  }

  #emit(event: StationEvent): void {
    this.#parts.options.onEvent?.(event)
  }
}
