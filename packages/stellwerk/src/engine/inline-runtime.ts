import { randomBytes } from 'node:crypto'
import type { DeadLetters } from '../domain/queue/dead-letters.ts'
import { workerIdOf } from '../domain/worker/worker-id.ts'
import { enforceMemory } from './enforce-memory.ts'
import type { ExecutorListener, LiveRecords } from './executor.ts'
import type { HandlerHost } from './handler-host.ts'
import { InlineControl, inlinePool } from './inline-control.ts'
import { InlineExecutor } from './inline-executor.ts'
import { queueNamesOf, queueOrderOf } from './queue-order.ts'
import { openRunningFile, type RunningFile } from './running-file.ts'
import { runHook } from './services/run-hook.ts'
import type { StationControl } from './station-control.ts'
import type { StationOptions } from './station-options.ts'
import type { HookDoor, RuntimePool, StationRuntime, StationSide } from './station-runtime.ts'
import { WorkerMeter } from './worker-meter.ts'

/** Runs the handlers of a station in its own process, as one pool with one worker. */
export class InlineRuntime implements StationRuntime {
  readonly types: readonly string[]
  readonly deadLetters: DeadLetters
  readonly queues: readonly string[]
  readonly concurrency: number
  readonly pools: readonly RuntimePool[]
  readonly hooks: HookDoor
  readonly #host: HandlerHost
  readonly #options: StationOptions
  readonly #version: string
  readonly #meter = new WorkerMeter()
  #executor: InlineExecutor | undefined
  #runningFile: RunningFile | undefined
  #control: InlineControl | undefined

  constructor(host: HandlerHost, options: StationOptions, version: string) {
    this.#host = { ...host, workerId: workerIdOf(randomBytes(8).toString('hex')) }
    this.#options = options
    this.#version = version
    this.types = host.registry.runnable().map((definition) => definition.name)
    this.deadLetters = { types: host.registry.deadLetters(), queues: options.deadLetters }
    this.queues = queueNamesOf(options.queues)
    this.concurrency = options.concurrency
    const executor = (): InlineExecutor => this.#opened(this.#executor)
    const control = (): InlineControl => this.#opened(this.#control)
    const { ageShare, types, minPriority, batchOnly, reserved, force } = options
    this.pools = [
      {
        name: inlinePool,
        rules: { queues: queueOrderOf(options.queues), types, minPriority, batchOnly, reserved, ageShare, force },
        get executor() {
          return executor()
        },
        isPaused: () => control().isPaused,
      },
    ]
    this.hooks = {
      types: () => this.types,
      run: async (hook) => {
        await runHook(this.#host, hook)
        return 'ran'
      },
    }
  }

  get control(): StationControl {
    return this.#opened(this.#control)
  }

  open(side: StationSide): Promise<void> {
    const { options, host } = { options: this.#options, host: this.#host }
    this.#runningFile = openRunningFile(options, side.stationId(), host.log)
    this.#executor = new InlineExecutor({
      concurrency: options.concurrency,
      timeoutGraceMs: options.timeoutGraceMs,
      host,
      runningFile: this.#runningFile,
      listener: this.#metered(side.listenerOf(inlinePool)),
    })
    this.#control = new InlineControl({
      ...side,
      workerId: host.workerId ?? '',
      queues: this.queues,
      concurrency: this.concurrency,
      version: this.#version,
      meter: this.#meter,
      attempts: () => this.#executor?.attempts ?? new Set(),
    })
    return Promise.resolve()
  }

  takeLive(): LiveRecords {
    return this.#executor?.takeLive() ?? { logs: [], progress: [] }
  }

  /** The station itself aborts what runs here. */
  trust(): void {}

  rename(stationId: string): void {
    try {
      this.#runningFile?.moveTo(stationId)
    } catch (error) {
      this.#host.log.warn('the state folder cannot be written; crashes of this station count for no job', { error })
    }
  }

  tick(): void {
    if (this.#executor !== undefined) enforceMemory(this.#executor)
  }

  close(): Promise<void> {
    this.#executor?.close()
    this.#meter.close()
    return Promise.resolve()
  }

  #metered(listener: ExecutorListener): ExecutorListener {
    return {
      onOutcome: (outcome) => {
        this.#meter.note(outcome)
        listener.onOutcome(outcome)
      },
      onCompleted: (outcome) => {
        this.#meter.note(outcome)
        listener.onCompleted(outcome)
      },
      onFree: () => listener.onFree(),
    }
  }

  #opened<Part>(part: Part | undefined): Part {
    if (part === undefined) throw new Error('the station has not opened its runtime')
    return part
  }
}
