import { MinuteMeter } from '../domain/metrics/minute-meter.ts'
import type { MetricStore } from '../storage/metric-store.ts'

const minuteMs = 60_000

/** The minute figures of the present station; a new identity starts a new meter. */
export class StationMeter {
  readonly #store: Pick<MetricStore, 'minutes' | 'now'>
  #stationId = ''
  #meter = new MinuteMeter('')

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

  /** After a commit whose outcome is unclear: forgets what was staged and takes over what the store holds. Leaves the meter as it is while the store is away. */
  async reload(stationId: string): Promise<void> {
    this.of(stationId).rollback()
    try {
      const now = await this.#store.now()
      const rows = await this.#store.minutes({ from: now - 2 * minuteMs, to: now + minuteMs })
      this.of(stationId).load(rows.filter((row) => row.stationId === stationId))
    } catch {
      // The store is still away: the next round settles or reloads.
    }
  }
}
