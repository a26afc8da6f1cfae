import type { DispatchedJob } from '../client/dispatched-job.ts'
import type { InTransaction } from '../client/in-transaction.ts'
import type { JobRequest } from '../client/job-definition.ts'
import type { StartedStation, StellwerkParts } from '../client/stellwerk-parts.ts'
import type { WorkOptions } from '../client/work-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import { productVersion } from '../std/product-version.ts'
import { openClaimGate } from './claim-gate.ts'
import { FailureLog } from './failure-log.ts'
import { InlineRuntime } from './inline-runtime.ts'
import { RulesBook } from './rules-book.ts'
import { Station } from './station.ts'
import { completeOptions } from './station-options.ts'

/** What the application gives a station beside its options. */
export interface StationSetup extends Pick<StellwerkParts, 'store' | 'registry' | 'installationId' | 'log'> {
  readonly dispatch: (request: JobRequest, place?: Partial<InTransaction>) => Promise<DispatchedJob>
}

/**
 * Starts a station that runs handlers in this process.
 * @throws OPTION_INVALID for a wrong option, JOB_TYPE_UNKNOWN when no job type has a handler, and what the store throws
 */
export async function startStation(setup: StationSetup, options: WorkOptions): Promise<StartedStation> {
  const { store, registry, installationId, log, dispatch } = setup
  const complete = completeOptions(options)
  if (registry.runnable().length === 0) {
    throw new StellwerkError(
      'JOB_TYPE_UNKNOWN',
      "no job type here has a handler; pass definitions with 'handle' in 'jobs', or name their module in the configuration",
    )
  }
  const rules = new RulesBook(complete.defaults)
  const host = {
    registry,
    installationId,
    log,
    rulesOf: (...asked: Parameters<RulesBook['rulesOf']>) => rules.rulesOf(...asked),
    dispatch,
    completions: store.transactions,
  }
  const gate = await openClaimGate(store.settings)
  const runtime = new InlineRuntime(host, complete, productVersion)
  const station = new Station({
    store,
    log,
    failures: new FailureLog(log),
    gate,
    runtime,
    options: complete,
    version: productVersion,
  })
  await station.start()
  return { station, taker: station.direct }
}
