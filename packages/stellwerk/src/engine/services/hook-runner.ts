import { maxHookRuns } from '../../domain/job/hook-runs.ts'
import type { Log } from '../../std/log.ts'
import type { HookEnd, TakenHook } from '../../storage/failed-job-store.ts'
import type { Store } from '../../storage/store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'
import type { HookDoor } from '../station-runtime.ts'

/** Hooks taken per pass. */
const batch = 50

/** What the hook runner needs. */
export interface HookRunnerParts {
  readonly store: Pick<Store, 'failedJobs'>
  readonly hooks: HookDoor
  readonly ownId: () => string
  readonly log: Log
  readonly failures: FailureLog
}

interface OwedEnd {
  readonly hook: TakenHook
  readonly end: HookEnd
}

/**
 * Runs the `failed` hooks of jobs that failed for good. Each is taken by a guarded statement first, so that nobody else runs it meanwhile; one whose process or station
 * died in it is run again, `maxHookRuns` times at most. A hook that throws has run, and is logged.
 */
export function createHookRunner({ store, hooks, ownId, log, failures }: HookRunnerParts): PeriodicService {
  const { failedJobs } = store
  /** Ends that the store has not heard of yet. */
  const owed: OwedEnd[] = []

  async function settleOwed(): Promise<void> {
    for (let next = owed[0]; next !== undefined; next = owed[0]) {
      const isDue = await failedJobs.endHook(next.hook, next.end)
      owed.splice(owed.indexOf(next), 1)
      if (next.end === 'lost') tellLost(next.hook, isDue)
    }
  }

  function tellLost({ id, type, hookRun }: TakenHook, isDue: boolean): void {
    const facts = { job: id, type, run: hookRun }
    if (isDue) log.warn('a process died while it ran a failed hook; the hook is run again', facts)
    else if (hookRun >= maxHookRuns) log.error('a failed hook is given up: its process died in it each time', facts)
  }

  async function runNext(types: readonly string[]): Promise<boolean> {
    const taken = await failedJobs.takeHooks(types, batch, ownId())
    await Promise.all(taken.map(async (hook) => owed.push({ hook, end: await hooks.run(hook) })))
    const mayGoOn = taken.length === batch && owed.every(({ end }) => end !== 'unbegun')
    await settleOwed()
    return mayGoOn
  }

  return new PeriodicService({
    name: 'hook-runner',
    intervalMs: 2_000,
    failures,
    pass: async (signal) => {
      await settleOwed()
      for (const job of await failedJobs.returnLostHooks())
        log.error('a failed hook is given up: its station died in it each time', { job })
      const types = hooks.types()
      if (types.length === 0) return
      while ((await runNext(types)) && !signal.aborted);
    },
  })
}
