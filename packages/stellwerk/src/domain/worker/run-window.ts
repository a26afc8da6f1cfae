/** Seconds of one slice of the window. */
const sliceMs = 10_000
const windowMs = 300_000

interface Slice {
  readonly startMs: number
  done: number
  failed: number
  runMs: number
}

/** Rates of the last five minutes. */
export interface RunRates {
  readonly throughputPerMinute: number
  readonly meanRunMs: number
  readonly errorRatio: number
}

/** Counts ends of attempts, in all and over a sliding window of five minutes (in slices of ten seconds). Times are of one monotonic clock, ms. */
export class RunWindow {
  #slices: Slice[] = []
  readonly #sinceMs: number
  done = 0
  failed = 0

  constructor(nowMs: number) {
    this.#sinceMs = nowMs
  }

  note(nowMs: number, run: { readonly isFailure: boolean; readonly runMs: number }): void {
    const slice = this.#sliceAt(nowMs)
    if (run.isFailure) {
      slice.failed++
      this.failed++
    } else {
      slice.done++
      this.done++
    }
    slice.runMs += run.runMs
  }

  rates(nowMs: number): RunRates {
    this.#slices = this.#slices.filter(({ startMs }) => startMs > nowMs - windowMs)
    const done = sum(this.#slices, 'done')
    const failed = sum(this.#slices, 'failed')
    const ended = done + failed
    // A worker that has just started has not had five minutes; less than one slice says nothing.
    const spanMs = Math.max(sliceMs, Math.min(windowMs, nowMs - this.#sinceMs))
    return {
      throughputPerMinute: (ended * 60_000) / spanMs,
      meanRunMs: ended === 0 ? 0 : sum(this.#slices, 'runMs') / ended,
      errorRatio: ended === 0 ? 0 : failed / ended,
    }
  }

  #sliceAt(nowMs: number): Slice {
    const last = this.#slices.at(-1)
    if (last !== undefined && nowMs - last.startMs < sliceMs) return last
    const slice = { startMs: nowMs, done: 0, failed: 0, runMs: 0 }
    this.#slices.push(slice)
    if (this.#slices.length > windowMs / sliceMs + 1) this.#slices.shift()
    return slice
  }
}

function sum(slices: readonly Slice[], key: 'done' | 'failed' | 'runMs'): number {
  return slices.reduce((total, slice) => total + slice[key], 0)
}
