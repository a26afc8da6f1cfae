import { MINUTE_MS } from '../domain/metrics/minute-meter.ts'
import { type RunTotal, RunTotals } from '../domain/metrics/run-totals.ts'
import { CLOSED_MINUTE_MS } from '../storage/rollup-store.ts'
import type { Store } from '../storage/store.ts'

/** The first look counts what ended in the hour before it. */
const beginMs = 60 * MINUTE_MS
/** Whoever looks less often begins anew: a counter may start again, and one look never reads more. */
const longestGapMs = 6 * 60 * MINUTE_MS

/** Counts everything that ended since about an hour before the first look; each look reads only what is new. One per process. */
export class TotalsReader {
  #totals = new RunTotals()
  #closedUntil: number | null = null
  #reading: Promise<readonly RunTotal[]> | undefined

  /** Totals until now. Looks at the same time share one. @throws what the store throws */
  read(store: { readonly metrics: Pick<Store['metrics'], 'minutes' | 'now'> }): Promise<readonly RunTotal[]> {
    this.#reading ??= this.#read(store.metrics).finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read(metrics: Pick<Store['metrics'], 'minutes' | 'now'>): Promise<readonly RunTotal[]> {
    const now = await metrics.now()
    const closed = Math.floor((now - CLOSED_MINUTE_MS) / MINUTE_MS) * MINUTE_MS
    const isNew = this.#closedUntil === null || now - this.#closedUntil > longestGapMs || closed < this.#closedUntil
    const from = isNew ? closed - beginMs : (this.#closedUntil ?? 0)
    const rows = await metrics.minutes({ from, to: now + MINUTE_MS })
    if (isNew) this.#totals = new RunTotals()
    this.#totals.addClosed(rows.filter(({ minute }) => minute < closed))
    this.#closedUntil = closed
    return this.#totals.with(rows.filter(({ minute }) => minute >= closed))
  }
}
