import type { DeadLetters } from '../domain/queue/dead-letters.ts'
import type { BalanceRules } from '../domain/worker/balance.ts'
import { exitReasons } from '../domain/worker/exit-reasons.ts'
import type { LiveRecords } from '../engine/executor.ts'
import type { StationControl } from '../engine/station-control.ts'
import type { HookDoor, PoolRules, RuntimePool, StationRuntime, StationSide } from '../engine/station-runtime.ts'
import type { Log } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { BalancedWeights } from './balanced-weights.ts'
import { Guard } from './guard.ts'
import type { OutputChannel, ToStation, WorkerSetup } from './messages.ts'
import { PoolBalancer } from './pool-balancer.ts'
import { type PoolBounds, PoolControl } from './pool-control.ts'
import { ProcessExecutor } from './process-executor.ts'
import { RemoteHooks } from './remote-hooks.ts'
import { RemoteTypes } from './remote-types.ts'
import { sentError } from './station-line.ts'
import { WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

/** One pool as it is configured. */
export interface ProcessPoolOptions extends PoolBounds {
  readonly name: string
  readonly rules: PoolRules
  readonly setup: Omit<WorkerSetup, 'workerId'>
  /** Longest pause between two looks for its work, null = as the station. */
  readonly sleepMs: number | null
  /** Balance 'auto'; null: as it was told. */
  readonly balance: { readonly weights: BalancedWeights; readonly rules: BalanceRules } | null
}

/** What a runtime of worker processes needs. */
export interface ProcessRuntimeOptions {
  readonly module: string
  readonly pools: readonly ProcessPoolOptions[]
  readonly stateDir: string
  readonly timeoutGraceMs: number
  /** Dead-letter queues by queue. */
  readonly deadLetters: Readonly<Record<string, string>>
  readonly version: string
  readonly log: Log
  /** Inserts what handlers dispatch; ids in input order, once they are durable. */
  readonly insert: (jobs: readonly NewJob[]) => Promise<readonly number[]>
  /** Unix ms of the database. */
  readonly now: () => Promise<number>
  /** Jobs that wait, by queue. */
  readonly waiting: () => Promise<ReadonlyMap<string, number>>
}

interface Part {
  readonly options: ProcessPoolOptions
  readonly pool: WorkerPool
  /** The job types, under the rules of this pool. */
  readonly types: RemoteTypes
  executor: ProcessExecutor | undefined
  balancer: PoolBalancer | null
}

/** Runs the handlers of a station in pools of worker processes; the station itself loads none of the user's modules. */
export class ProcessRuntime implements StationRuntime {
  readonly pools: readonly RuntimePool[]
  readonly queues: readonly string[]
  readonly concurrency: number
  readonly hooks: HookDoor
  readonly #options: ProcessRuntimeOptions
  readonly #guard: Guard
  readonly #parts: readonly Part[]
  readonly #hooks: RemoteHooks
  #control: PoolControl | undefined
  #balancing: Promise<void> | undefined
  #trustedUntilMs = Number.POSITIVE_INFINITY
  /** The database's clock less the monotonic one. */
  #clockMs = 0

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options
    this.#guard = new Guard(options.log)
    this.#parts = options.pools.map((pool) => ({
      options: pool,
      pool: this.#poolOf(pool),
      types: new RemoteTypes(pool.setup.defaults),
      executor: undefined,
      balancer: null,
    }))
    this.pools = this.#parts.map((part) => ({
      name: part.options.name,
      rules: part.options.rules,
      get executor() {
        if (part.executor === undefined) throw new Error('the station has not opened its runtime')
        return part.executor
      },
      isPaused: () => part.pool.isPaused,
    }))
    this.queues = [...new Set(options.pools.flatMap(({ queues }) => queues))]
    this.concurrency = options.pools.reduce((sum, { processes, setup }) => sum + processes * setup.concurrency, 0)
    this.#hooks = new RemoteHooks(() => this.#workers())
    this.hooks = { types: () => (this.#hooks.canRun ? this.types : []), run: (hook) => this.#hooks.run(hook) }
  }

  get types(): readonly string[] {
    return this.#parts[0]?.types.runnable ?? []
  }

  get deadLetters(): DeadLetters {
    return { types: this.#parts[0]?.types.deadLetters ?? {}, queues: this.#options.deadLetters }
  }

  get control(): StationControl {
    if (this.#control === undefined) throw new Error('the station has not opened its runtime')
    return this.#control
  }

  /** Starts every pool, and waits for what the first worker of each says of the job types. @throws JOBS_NOT_LOADED and whatever else keeps it from loading */
  async start(): Promise<void> {
    this.#clockMs = (await this.#options.now()) - monotonicMs()
    this.#guard.start()
    try {
      const greetings = await Promise.all(this.#parts.map(({ pool }) => pool.start()))
      const [first] = greetings
      if (first !== undefined) for (const { types } of this.#parts) types.learn(first.types)
    } catch (error) {
      await this.close()
      throw error
    }
  }

  open(side: StationSide): Promise<void> {
    const { stateDir, timeoutGraceMs, version } = this.#options
    for (const part of this.#parts) {
      const executor = new ProcessExecutor({
        pool: part.pool,
        types: part.types,
        stateDir,
        timeoutGraceMs,
        listener: side.listenerOf(part.options.name),
      })
      part.executor = executor
      part.balancer = balancerOf(part, executor)
    }
    this.#control = new PoolControl({
      parts: this.#parts.map(({ options, pool }) => ({ options, pool })),
      side,
      version,
      onRoom: () => {
        for (const { options } of this.#parts) side.listenerOf(options.name).onFree()
      },
    })
    return Promise.resolve()
  }

  takeLive(): LiveRecords {
    const live = this.#parts.map(({ executor }) => executor?.takeLive() ?? { logs: [], progress: [] })
    return { logs: live.flatMap(({ logs }) => logs), progress: live.flatMap(({ progress }) => progress) }
  }

  trust(untilMs: number): void {
    this.#trustedUntilMs = untilMs
    this.#guard.trust(untilMs)
    for (const worker of this.#workers()) worker.send({ k: 'trust', untilMs })
  }

  /** Workers do not know their station's name. */
  rename(): void {}

  tick(): void {
    if (this.#balancing !== undefined || this.#parts.every(({ balancer }) => balancer === null)) return
    this.#balancing = this.#balance().finally(() => {
      this.#balancing = undefined
    })
  }

  async close(): Promise<void> {
    for (const { pool, executor } of this.#parts) {
      pool.close()
      for (const worker of pool.workers) worker.kill(exitReasons.stationStops())
      executor?.close()
    }
    await Promise.all(this.#parts.map(({ pool }) => pool.untilGone()))
    await this.#balancing
    await this.#guard.close()
  }

  async #balance(): Promise<void> {
    try {
      const waiting = await this.#options.waiting()
      for (const { balancer } of this.#parts) balancer?.look(waiting)
    } catch (error) {
      this.#options.log.warn('the pools could not be balanced; they stay as they are', { error })
    }
  }

  #workers(): readonly WorkerProcess[] {
    return this.#parts.flatMap(({ pool }) => [...pool.workers])
  }

  #poolOf(options: ProcessPoolOptions): WorkerPool {
    const { module, log } = this.#options
    const part = (): Part | undefined => this.#parts.find((one) => one.options === options)
    return new WorkerPool({
      name: options.name,
      module,
      setup: options.setup,
      processes: options.processes,
      guard: this.#guard,
      log,
      now: () => Math.round(monotonicMs() + this.#clockMs),
      isTrusted: () => sharedClockMs() < this.#trustedUntilMs,
      onMessage: (worker, message) => this.#onMessage(part()?.executor, worker, message),
      onOutput: (worker, channel, lines) => this.#onOutput(worker, channel, lines),
      onReady: () => this.#control?.onRoom(),
      onGone: (worker, end) => {
        part()?.executor?.onGone(worker, end)
        this.#hooks.onGone(worker)
      },
    })
  }

  #onMessage(executor: ProcessExecutor | undefined, worker: WorkerProcess, message: ToStation): void {
    if (message.k === 'report') worker.report = message
    else if (message.k === 'dispatch') void this.#dispatch(worker, message)
    else if (message.k === 'hooked') this.#hooks.onEnded(message.n)
    else if (message.k === 'log')
      this.#options.log[message.level](message.message, { ...message.fields, worker: worker.id })
    else executor?.onMessage(worker, message)
  }

  async #dispatch(worker: WorkerProcess, { n, jobs }: Extract<ToStation, { k: 'dispatch' }>): Promise<void> {
    try {
      worker.send({ k: 'dispatched', n, ids: await this.#options.insert(jobs), error: null })
    } catch (error) {
      worker.send({ k: 'dispatched', n, ids: null, error: sentError(error) })
    }
  }

  /** What is written past the handlers' streams: of the only job, where the worker has one; the rest belongs to the station's log. */
  #onOutput(worker: WorkerProcess, channel: OutputChannel, lines: readonly string[]): void {
    if (worker.handed.size === 1 && worker.phase !== 'gone') worker.send({ k: 'output', channel, lines })
    else {
      const level = channel === 'stdout' ? 'info' : 'error'
      for (const line of lines) this.#options.log[level](line, { worker: worker.id, channel })
    }
  }
}

function balancerOf({ options, pool }: Part, executor: ProcessExecutor): PoolBalancer | null {
  if (options.balance === null) return null
  return new PoolBalancer({
    ...options.balance,
    min: options.min,
    max: options.max,
    processes: () => pool.target,
    scale: (processes) => pool.scale(processes),
    meanRunMs: (queue) => executor.meanRunMs(queue),
    now: monotonicMs,
  })
}
