import { RunWindow } from '../domain/worker/run-window.ts'
import type { WorkerReport } from '../domain/worker/worker-report.ts'
import { monotonicMs } from '../std/monotonic.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import { socketBytes, watchSockets } from './socket-bytes.ts'

const tickMs = 500

/** The figures of a report that only the process itself knows. */
export type WorkerFigures = Pick<
  WorkerReport,
  | 'jobsDone'
  | 'jobsFailed'
  | 'memoryBytes'
  | 'cpuPercent'
  | 'bytesIn'
  | 'bytesOut'
  | 'loopLagMs'
  | 'throughputPerMinute'
  | 'meanRunMs'
  | 'errorRatio'
>

/** Measures the process that runs handlers: its jobs, memory, CPU, sockets and how late its event loop is. */
export class WorkerMeter {
  readonly #runs = new RunWindow(monotonicMs())
  readonly #timer: NodeJS.Timeout
  #tickedMs = monotonicMs()
  #lagMs = 0
  #sampledMs = monotonicMs()
  #cpuMs = cpuMs()
  #cpuPercent = 0

  constructor() {
    watchSockets()
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#timer.unref()
  }

  /** An attempt has ended this way; what was given back or put off counts for nothing. */
  note(outcome: Outcome): void {
    if (outcome.kind === 'returned' || outcome.kind === 'snoozed' || outcome.kind === 'cancelled') return
    this.#runs.note(monotonicMs(), { isFailure: outcome.kind !== 'completed', runMs: outcome.runMs })
  }

  /** The figures of this moment; the lag is the largest since the last call. */
  take(): WorkerFigures {
    const nowMs = monotonicMs()
    const lagMs = Math.max(this.#lagMs, nowMs - this.#tickedMs - tickMs, 0)
    this.#lagMs = 0
    return {
      jobsDone: this.#runs.done,
      jobsFailed: this.#runs.failed,
      memoryBytes: process.memoryUsage.rss(),
      cpuPercent: this.#measureCpu(nowMs),
      ...socketBytes(),
      loopLagMs: Math.round(lagMs),
      ...this.#runs.rates(nowMs),
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const nowMs = monotonicMs()
    this.#lagMs = Math.max(this.#lagMs, nowMs - this.#tickedMs - tickMs)
    this.#tickedMs = nowMs
  }

  #measureCpu(nowMs: number): number {
    const spanMs = nowMs - this.#sampledMs
    if (spanMs < 250) return this.#cpuPercent
    const used = cpuMs()
    this.#cpuPercent = Math.round(((used - this.#cpuMs) / spanMs) * 1_000) / 10
    this.#cpuMs = used
    this.#sampledMs = nowMs
    return this.#cpuPercent
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
