import { MinuteMeter } from '../domain/metrics/minute-meter.ts'
import type { MetricStore } from '../storage/metric-store.ts'

const minuteMs = 60_000

/** The minute figures of the present station; a new identity starts a new meter. */
export class StationMeter {
  readonly #store: Pick<MetricStore, 'minutes' | 'now'>
  #stationId = ''
  #meter = new MinuteMeter('')
  #doubted = false

  constructor(store: Pick<MetricStore, 'minutes' | 'now'>) {
    this.#store = store
  }

  of(stationId: string): MinuteMeter {
    if (stationId !== this.#stationId) {
      this.#stationId = stationId
      this.#meter = new MinuteMeter(stationId)
    }
    return this.#meter
  }

  /** After a commit whose outcome is unclear: what was staged is forgotten, and nothing is staged before `settle` has read what the store holds. */
  doubt(): void {
    this.#meter.rollback()
    this.#doubted = true
  }

  /** Takes over what the store holds of this station, where that is in doubt. @throws what the store throws: the doubt stays */
  async settle(stationId: string): Promise<void> {
    if (!this.#doubted) return
    const now = await this.#store.now()
    const meter = this.of(stationId)
    // Where the database's clock has stepped back, the minute under way lies ahead of it.
    const newest = Math.max(now, meter.minute)
    const rows = await this.#store.minutes({ from: now - 2 * minuteMs, to: newest + minuteMs })
    meter.load(rows.filter((row) => row.stationId === stationId))
    this.#doubted = false
  }
}
