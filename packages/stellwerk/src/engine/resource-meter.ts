import { monotonicMs } from '../std/monotonic.ts'

/** What the process used, as one attempt sees it. */
export interface ResourceSample {
  /** ms of CPU that fell to each running handler so far: a share of the process's where several run. */
  readonly cpuMs: number
  /** Resident memory of the process, bytes; shared by what runs beside it. */
  readonly memoryBytes: number
}

/** Samples older than this are taken anew. */
const maxAgeMs = 5

/**
 * Measures the process for its handlers. With one handler the figures are its own; with several, CPU time is split evenly over those that run
 * and memory is that of the process.
 */
export class ResourceMeter {
  readonly #running: () => number
  #takenMs = Number.NEGATIVE_INFINITY
  #processCpuMs = processCpuMs()
  #sample: ResourceSample = { cpuMs: 0, memoryBytes: process.memoryUsage.rss() }

  /** `running` says how many handlers share the process now. */
  constructor(running: () => number) {
    this.#running = running
  }

  /** A sample at most 5 ms old. */
  read(nowMs: number = monotonicMs()): ResourceSample {
    return nowMs - this.#takenMs < maxAgeMs ? this.#sample : this.refresh(nowMs)
  }

  /** A sample of this moment. */
  refresh(nowMs: number = monotonicMs()): ResourceSample {
    const cpu = processCpuMs()
    const share = (cpu - this.#processCpuMs) / Math.max(1, this.#running())
    this.#processCpuMs = cpu
    this.#takenMs = nowMs
    this.#sample = { cpuMs: this.#sample.cpuMs + share, memoryBytes: process.memoryUsage.rss() }
    return this.#sample
  }
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
