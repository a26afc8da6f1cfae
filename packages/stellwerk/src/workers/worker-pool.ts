import { randomBytes } from 'node:crypto'
import { exitReasons } from '../domain/worker/exit-reasons.ts'
import { afterDeath, isBeyondBudget, noDeaths, restartDelayMs } from '../domain/worker/restart-pace.ts'
import { workerIdOf } from '../domain/worker/worker-id.ts'
import type { WorkerExit } from '../domain/worker/worker-report.ts'
import type { Log } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { productVersion } from '../std/product-version.ts'
import type { Guard } from './guard.ts'
import type { ToStation, WorkerSetup } from './messages.ts'
import { receivedError } from './station-line.ts'
import { type ProcessEnd, type WorkerListener, WorkerProcess } from './worker-process.ts'

/** How long a pool waits before it looks again whether its workers may run. */
const trustMs = 1_000

/** How the processes of a pool are kept. */
export interface WorkerPoolOptions {
  readonly name: string
  readonly module: string
  readonly setup: Omit<WorkerSetup, 'workerId'>
  readonly processes: number
  readonly guard: Guard
  readonly log: Log
  /** Unix ms of the database, as near as it is known. */
  readonly now: () => number
  /** Whether handlers may still run: the guard kills workers once they may not. */
  readonly isTrusted: () => boolean
  /** What workers say beside the course of their lives. */
  readonly onMessage: (worker: WorkerProcess, message: ToStation) => void
  readonly onOutput: WorkerListener['onOutput']
  /** A worker is ready. */
  readonly onReady: (worker: WorkerProcess) => void
  /** A worker is gone, with all that it held. */
  readonly onGone: (worker: WorkerProcess, end: ProcessEnd) => void
}

type Hello = Extract<ToStation, { k: 'hello' }>

/** Keeps as many processes alive as it is told: replaces who dies, a little later each time, and who is to be recycled, by a successor that is ready first. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly workers = new Set<WorkerProcess>()
  /** Who leaves once a successor is ready. */
  readonly #leaving = new Set<WorkerProcess>()
  #target: number
  #deaths = noDeaths
  #restarts = 0
  #retry: NodeJS.Timeout | undefined
  #isClosed = false
  #lastExit: WorkerExit | null = null
  readonly #first = Promise.withResolvers<Hello>()
  readonly #onEmpty: (() => void)[] = []
  #isPaused = false

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#target = options.processes
    this.#first.promise.catch(() => {}) // Whoever waits for it hears of it.
  }

  get target(): number {
    return this.#target
  }

  /** Whether none of it takes anything new. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  /** Pauses every worker, those to come too, or lets all go on. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    for (const worker of this.workers) worker.isPaused = isPaused
  }

  get isFailed(): boolean {
    return isBeyondBudget(this.#deaths)
  }

  get lastExit(): WorkerExit | null {
    return this.#lastExit
  }

  /** Starts its processes; resolves with what the first of them tells. @throws why the modules of the first did not load */
  start(): Promise<Hello> {
    this.#ensure()
    return this.#first.promise
  }

  /** From now on so many. */
  scale(processes: number): void {
    this.#target = processes
    this.#ensure()
    for (const worker of this.#surplus()) worker.drain()
  }

  /** Replaces each by a successor, which is ready before the other leaves. */
  recycle(workers: Iterable<WorkerProcess>): void {
    for (const worker of [...workers]) if (worker.phase === 'ready') this.#succeed(worker)
  }

  #succeed(worker: WorkerProcess): void {
    this.#leaving.add(worker)
    const isReplaced = [...this.workers].some(({ options }) => options.replaces === worker)
    if (!isReplaced && !this.#isClosed) this.#spawn(worker)
  }

  /** Ends a worker; with `isReplaced` another takes its place. */
  retire(worker: WorkerProcess, { now, isReplaced }: { readonly now: boolean; readonly isReplaced: boolean }): void {
    if (!isReplaced) this.#target = Math.max(0, this.#target - 1)
    if (now) worker.kill(exitReasons.toldToStop())
    else worker.drain()
    if (isReplaced) this.#succeed(worker)
    this.#ensure()
  }

  /** No more starts; who runs is left to end. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    this.#first.reject(new Error('the pool was closed'))
  }

  /** No more starts; who runs finishes its jobs and leaves, who has not begun is not waited for. */
  drainAll(): void {
    this.close()
    for (const worker of this.workers) {
      if (worker.phase === 'starting') worker.kill(exitReasons.stationStops())
      else worker.drain()
    }
  }

  /** Resolves when no process of it is left. */
  untilGone(): Promise<void> {
    if (this.workers.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onEmpty.push(resolve)
    })
  }

  #surplus(): readonly WorkerProcess[] {
    const staying = [...this.workers].filter(({ phase }) => phase === 'starting' || phase === 'ready')
    return staying.toSorted((one, other) => one.handed.size - other.handed.size).slice(0, staying.length - this.#target)
  }

  #ensure(): void {
    if (this.#isClosed || this.#retry !== undefined) return
    if (!this.#options.isTrusted()) {
      this.#ensureIn(trustMs) // The guard would kill whoever came.
      return
    }
    // Who is being replaced leaves its place to its successor.
    const replaced = new Set([...this.workers].map(({ options }) => options.replaces))
    const standing = [...this.workers].filter(
      (worker) => (worker.phase === 'starting' || worker.phase === 'ready') && !replaced.has(worker),
    )
    for (let missing = this.#target - standing.length; missing > 0; missing--) this.#spawn(null)
    for (const worker of this.#leaving) if (worker.phase === 'ready' && !replaced.has(worker)) this.#spawn(worker)
  }

  #spawn(replaces: WorkerProcess | null): void {
    const { module, setup, guard, now } = this.#options
    const worker = new WorkerProcess({
      module,
      setup: { ...setup, workerId: workerIdOf(randomBytes(8).toString('hex')) },
      startedAt: now(),
      // Whom it replaces has not ended yet.
      restarts: this.#restarts + (replaces === null ? 0 : 1),
      lastExit: this.#lastExit,
      replaces,
      listener: {
        onMessage: (from, message) => this.#onMessage(from, message),
        onOutput: this.#options.onOutput,
        onExit: (from, end) => this.#onExit(from, end),
      },
    })
    if (worker.pid > 0) guard.add(worker.pid)
    this.workers.add(worker)
  }

  #onMessage(worker: WorkerProcess, message: ToStation): void {
    if (message.k === 'hello') this.#onHello(worker, message)
    else if (message.k === 'unfit') this.#onUnfit(worker, message)
    else if (message.k === 'bye') worker.isExpected = true
    else if (message.k === 'recycle') this.recycle([worker])
    else if (message.k === 'signal') this.#onSignal(worker, message.signal)
    else this.#options.onMessage(worker, message)
  }

  #onHello(worker: WorkerProcess, hello: Hello): void {
    if (worker.phase !== 'starting' || worker.killReason !== null) return
    if (hello.version !== productVersion) {
      worker.kill(exitReasons.otherProgram(hello.version, productVersion), { isExpected: false })
      return
    }
    worker.phase = 'ready'
    worker.isPaused = this.#isPaused
    worker.options.replaces?.drain()
    this.#first.resolve(hello)
    this.#options.onReady(worker)
    for (const surplus of this.#surplus()) surplus.drain()
  }

  #onUnfit(worker: WorkerProcess, { error }: Extract<ToStation, { k: 'unfit' }>): void {
    worker.killReason ??= error.message
    this.#options.log.error('a worker could not load its jobs', { pool: this.#options.name, reason: error.message })
    this.#first.reject(receivedError(error))
  }

  #onSignal(worker: WorkerProcess, signal: Extract<ToStation, { k: 'signal' }>['signal']): void {
    if (signal === 'stop') this.retire(worker, { now: false, isReplaced: true })
    else if (signal === 'restart') this.recycle([worker])
    else worker.isPaused = signal === 'pause'
    if (signal === 'resume') this.#options.onReady(worker)
  }

  #onExit(worker: WorkerProcess, end: ProcessEnd): void {
    const { guard, name, now, onGone, isTrusted } = this.#options
    this.workers.delete(worker)
    this.#leaving.delete(worker)
    if (!isTrusted()) {
      worker.isExpected = true
      worker.killReason ??= exitReasons.contactLost()
    }
    if (worker.pid > 0) guard.drop(worker.pid)
    const reason = worker.killReason ?? (worker.isExpected ? leftReason(end.code) : exitReasons.died(end))
    this.#lastExit = { at: now(), code: end.code, signal: end.signal, reason }
    for (const successor of this.workers) if (successor.options.replaces === worker) successor.lastExit = this.#lastExit
    this.#first.reject(new Error(`the first worker of pool '${name}' ended before it was ready: ${reason}`))
    onGone(worker, end)
    this.#noteEnd(worker, reason)
    if (this.workers.size === 0) for (const resolve of this.#onEmpty.splice(0)) resolve()
    if (!this.#isClosed) this.#ensureLater()
  }

  /** Who was killed for a job is replaced at once; who died by itself, a little later each time. */
  #noteEnd(worker: WorkerProcess, reason: string): void {
    const { log, name } = this.#options
    if (this.#isClosed) return
    this.#restarts++
    if (worker.isExpected && worker.killReason === null) {
      log.debug('a worker left', { pool: name, worker: worker.id })
      return
    }
    if (!worker.isExpected) this.#deaths = afterDeath(this.#deaths, monotonicMs())
    log.warn('a worker ended; another takes its place', { pool: name, worker: worker.id, pid: worker.pid, reason })
    if (isBeyondBudget(this.#deaths))
      log.error('the workers of a pool die one after the other; it is tried again each half minute', { pool: name })
  }

  #ensureLater(): void {
    const delayMs = restartDelayMs(this.#deaths)
    if (delayMs === 0) {
      this.#ensure()
      return
    }
    this.#ensureIn(delayMs)
  }

  #ensureIn(delayMs: number): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      this.#ensure()
    }, delayMs)
  }
}

function leftReason(code: number | null): string {
  return code === 12 ? exitReasons.leftForMemory() : exitReasons.left()
}
