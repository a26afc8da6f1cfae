import type { Log } from '../../std/log.ts'
import type { StoreCheck } from '../../storage/schema-store.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Together with the age that is allowed, well within a minute. */
const everyMs = 10_000
/** How long an alarm that lasts is not repeated. */
const repeatAfterMs = 600_000

/** What a watchman needs. */
export interface WatchmanOptions {
  readonly store: Pick<Store, 'schema' | 'health'>
  /** Age from which on a held snapshot is worth an alarm, ms. */
  readonly snapshotAgeMs: number
  readonly log: Log
  readonly failures: FailureLog
  readonly everyMs?: number
}

/** Warns of what the self-check finds at the start, and of what endangers the store from then on; says when it is over. */
export function createWatchman(options: WatchmanOptions): PeriodicService {
  const { store, snapshotAgeMs, log, failures } = options
  const alarms = new Map<string, number>()
  let hasChecked = false

  function raise(checks: readonly StoreCheck[]): void {
    const nowMs = performance.now()
    const wrong = new Map(checks.filter(({ ok }) => !ok).map((check) => [keyOf(check), check]))
    for (const [key, check] of wrong) {
      if (nowMs < (alarms.get(key) ?? Number.NEGATIVE_INFINITY) + repeatAfterMs) continue
      alarms.set(key, nowMs)
      warn(log, check)
    }
    for (const key of alarms.keys()) {
      if (wrong.has(key)) continue
      alarms.delete(key)
      log.info('the store is well again', { was: key })
    }
  }

  return new PeriodicService({
    name: 'watchman',
    intervalMs: options.everyMs ?? everyMs,
    failures,
    pass: async () => {
      if (!hasChecked) for (const check of await store.schema.check()) if (!check.ok) warn(log, check)
      hasChecked = true
      raise(await store.health.check({ snapshotAgeMs }))
    },
  })
}

function warn(log: Log, { name, found, remedy }: StoreCheck): void {
  log.warn('the store needs attention', { check: name, found, remedy })
}

/** What was found tells an age, which grows; the remedy names who is meant. */
function keyOf({ name, remedy }: StoreCheck): string {
  return `${name}: ${remedy ?? ''}`
}
