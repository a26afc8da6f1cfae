import { monotonicMs } from '../std/monotonic.ts'
import { Pause } from '../std/pause.ts'
import { sleep } from '../std/sleep.ts'
import type { Wake } from '../storage/wake.ts'
import type { FailureLog } from './failure-log.ts'

/** What has a start and a stop; both are safe to repeat. */
export interface Service {
  start(): void
  stop(): Promise<void>
}

/** What a periodic service does. */
export interface PeriodicServiceOptions {
  readonly name: string
  readonly intervalMs: number
  readonly failures: FailureLog
  /** Its notifications cut a pause short. */
  readonly wake?: Pick<Wake, 'subscribe'>
  /** However often it is nudged, no pass begins sooner after the end of the one before. */
  readonly leastMs?: number
  /** One pass; returns how long to wait before the next where that differs from `intervalMs`. */
  readonly pass: (signal: AbortSignal) => Promise<number | undefined> | Promise<void>
}

/** Repeats `pass`, `intervalMs` after the last one ended. A failing pass is told of, then repeated. */
export class PeriodicService implements Service {
  readonly #options: PeriodicServiceOptions
  readonly #stopping = new AbortController()
  readonly #pause = new Pause()
  #running: Promise<void> | undefined
  #unsubscribe: (() => void) | undefined

  constructor(options: PeriodicServiceOptions) {
    this.#options = options
  }

  start(): void {
    this.#unsubscribe ??= this.#options.wake?.subscribe(() => this.nudge())
    this.#running ??= this.#run(this.#stopping.signal)
  }

  /** Cuts the present pause short. */
  nudge(): void {
    this.#pause.cut()
  }

  /** Resolves when the pass under way has ended. Safe before `start`, and safe to repeat. */
  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#stopping.abort()
    this.#pause.cut()
    await this.#running
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { name, intervalMs, failures, pass, leastMs = 0 } = this.#options
    while (!signal.aborted) {
      let waitMs: number | undefined
      this.#pause.arm()
      try {
        waitMs = (await pass(signal)) || undefined
        failures.worked(name)
      } catch (error) {
        failures.failed({ source: name, message: 'pass failed', error, fields: { service: name } })
      }
      const endedMs = monotonicMs()
      await this.#pause.wait(waitMs ?? intervalMs)
      const earlyMs = leastMs - (monotonicMs() - endedMs)
      if (earlyMs > 0) await sleep(earlyMs, signal)
    }
  }
}
