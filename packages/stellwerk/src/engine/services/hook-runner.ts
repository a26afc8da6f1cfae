import type { Log } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import { PeriodicService } from '../periodic-service.ts'
import type { HookDoor } from '../station-runtime.ts'

/** Hooks taken per pass. */
const batch = 50

/** Runs the `failed` hooks of jobs that failed for good: each is taken by a guarded statement first, so it runs once. A hook that throws is logged. */
export function createHookRunner(store: Pick<Store, 'failedJobs'>, hooks: HookDoor, log: Log): PeriodicService {
  return new PeriodicService({
    name: 'hook-runner',
    intervalMs: 2_000,
    log,
    pass: async (signal) => {
      const types = hooks.types()
      if (types.length === 0) return
      for (;;) {
        const taken = await store.failedJobs.takeHooks(types, batch)
        await Promise.all(taken.map((hook) => hooks.run(hook)))
        if (taken.length < batch || signal.aborted) return
      }
    },
  })
}
