import { trustedActor } from '../../domain/actor.ts'
import { judgeSkew } from '../../domain/worker/clock-skew.ts'
import { measureSkew } from '../../operations/measure-skew.ts'
import { formatDuration } from '../../std/duration.ts'
import type { Log } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

const everyMs = 60_000

/** Measures at the start and each minute how far this machine's clock is from the database's: a warning above 2 s, an error above 30 s. */
export function createClockWatch(
  store: Pick<Store, 'kind' | 'metrics'>,
  log: Log,
  failures: FailureLog,
): PeriodicService {
  return new PeriodicService({
    name: 'clock-watch',
    intervalMs: everyMs,
    failures,
    pass: async () => {
      const skewMs = await measureSkew({ store, actor: trustedActor('station', 'clock-watch') })
      if (skewMs === null) return
      const verdict = judgeSkew(skewMs)
      if (verdict === 'fine') return
      const apart = formatDuration(Math.abs(skewMs))
      const message = `this machine's clock is ${apart} ${skewMs > 0 ? 'behind' : 'ahead of'} the database's, which decides; synchronise both by NTP`
      log[verdict === 'warn' ? 'warn' : 'error'](message, { skewMs })
    },
  })
}
