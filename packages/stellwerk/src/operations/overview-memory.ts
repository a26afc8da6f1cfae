import { VerdictMemory } from '../domain/health/verdict-memory.ts'
import type { StoreCheck } from '../storage/schema-store.ts'
import type { Store } from '../storage/store.ts'
import { HourReader } from './hour-reader.ts'
import { TotalsReader } from './totals-reader.ts'

/** What a process remembers from one overview to the next; one for all who look. */
export class OverviewMemory {
  readonly hour = new HourReader()
  readonly verdicts = new VerdictMemory()
  readonly totals = new TotalsReader()
  readonly #snapshotAgeMs: number
  #alarms: readonly StoreCheck[] = []
  #checking: Promise<void> | undefined
  #ready: Promise<boolean> | undefined
  #readyAtMs = Number.NEGATIVE_INFINITY
  #checkedAtMs = Number.NEGATIVE_INFINITY

  /** `snapshotAgeMs`: from which age on a snapshot that someone holds is an alarm, ms. */
  constructor({ snapshotAgeMs = 300_000 }: { readonly snapshotAgeMs?: number } = {}) {
    this.#snapshotAgeMs = snapshotAgeMs
  }

  /** What endangers the store, looked at every ten seconds. Never rejects: a check that fails is an alarm. */
  async alarms(store: Pick<Store, 'health'>): Promise<readonly StoreCheck[]> {
    if (performance.now() - this.#checkedAtMs >= checkEveryMs) {
      this.#checking ??= this.#check(store).finally(() => {
        this.#checking = undefined
      })
      await this.#checking
    }
    return this.#alarms
  }

  /** What `look` says, asked once a second at most: an open probe must not become load. */
  ready(look: () => Promise<boolean>): Promise<boolean> {
    if (this.#ready === undefined || performance.now() - this.#readyAtMs >= readyEveryMs) {
      this.#readyAtMs = performance.now()
      this.#ready = look()
    }
    return this.#ready
  }

  async #check({ health }: Pick<Store, 'health'>): Promise<void> {
    try {
      this.#alarms = (await health.check({ snapshotAgeMs: this.#snapshotAgeMs })).filter(({ ok }) => !ok)
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error)
      this.#alarms = [{ name: 'check of the store', ok: false, found, remedy: null }]
    }
    this.#checkedAtMs = performance.now()
  }
}

const checkEveryMs = 10_000
const readyEveryMs = 1_000
