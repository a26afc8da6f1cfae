import { HourWindow, type WindowFigures } from '../domain/metrics/hour-window.ts'
import { MINUTE_MS } from '../domain/metrics/minute-meter.ts'
import { CLOSED_MINUTE_MS } from '../storage/rollup-store.ts'
import type { Store } from '../storage/store.ts'

const hourMs = 60 * MINUTE_MS
/** Minutes that were late for their own reading are found by then. */
const wholeEveryMs = 10 * MINUTE_MS

type MetricReads = { readonly metrics: Pick<Store['metrics'], 'minutes' | 'now'> }

/** The last hour at one moment. */
export interface HourReading {
  /** The store's time, Unix ms. */
  readonly now: number
  /** Figures of these queues, of all of them where none are named. */
  figures(queues: readonly string[] | null): WindowFigures
}

/** Reads the figures of the last hour, and remembers minutes that are closed: a second reading costs the newest few. One per process. */
export class HourReader {
  readonly #window = new HourWindow()
  #closedUntil = Number.NEGATIVE_INFINITY
  #wholeAt = Number.NEGATIVE_INFINITY
  #reading: Promise<HourReading> | undefined

  /** Readings asked for at the same time share one. @throws what the store throws */
  read(store: MetricReads): Promise<HourReading> {
    this.#reading ??= this.#read(store).finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read({ metrics }: MetricReads): Promise<HourReading> {
    const now = await metrics.now()
    const isWhole = now >= this.#wholeAt + wholeEveryMs || now < this.#closedUntil
    const oldest = Math.floor(now / MINUTE_MS) * MINUTE_MS - hourMs
    const from = isWhole ? oldest : Math.max(this.#closedUntil, oldest)
    const rows = await metrics.minutes({ from, to: now + MINUTE_MS })
    this.#window.replaceFrom(from, rows, now)
    this.#closedUntil = Math.floor((now - CLOSED_MINUTE_MS) / MINUTE_MS) * MINUTE_MS
    if (isWhole) this.#wholeAt = now
    return { now, figures: (queues) => this.#window.figures(now, queues) }
  }
}
