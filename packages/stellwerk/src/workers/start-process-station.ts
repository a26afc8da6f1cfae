import type { NamedPoolOptions, PoolOptions } from '../client/pool-options.ts'
import type { Dispatching, StartedStation, StellwerkParts } from '../client/stellwerk-parts.ts'
import type { WorkOptions } from '../client/work-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { Tally } from '../domain/metrics/tally.ts'
import { openClaimGate } from '../engine/claim-gate.ts'
import { FailureLog } from '../engine/failure-log.ts'
import { completePool, type PoolSettings, poolOptionNames } from '../engine/pool-settings.ts'
import { queueNamesOf } from '../engine/queue-order.ts'
import { Station } from '../engine/station.ts'
import { checkQueues, completeOptions, type StationOptions } from '../engine/station-options.ts'
import { productVersion } from '../std/product-version.ts'
import { balancedOrder } from './balanced-weights.ts'
import type { WorkerSetup } from './messages.ts'
import { type ProcessPoolOptions, ProcessRuntime } from './process-runtime.ts'

/** What a station with worker processes is given beside its options. */
export interface ProcessStationSetup
  extends Pick<StellwerkParts, 'store' | 'installationId' | 'maxPayloadBytes' | 'log'>,
    Dispatching {
  /** Program of a worker process. */
  readonly module: string
  /** Where a worker finds the store, for transactions of its handlers. */
  readonly place: WorkerSetup['store']
}

/**
 * Starts a station whose handlers run in worker processes.
 * @throws OPTION_INVALID for a wrong option, JOBS_NOT_LOADED when the modules do not load, and what the store throws
 */
export async function startProcessStation(setup: ProcessStationSetup, options: WorkOptions): Promise<StartedStation> {
  const { store, log, module, insert } = setup
  const complete = completeOptions(options)
  if ((options.modules ?? []).length === 0)
    throw new StellwerkError(
      'JOBS_NOT_LOADED',
      "worker processes need modules that export the jobs; name them in 'modules', or run handlers here with executor: 'inline'",
    )
  const pools = poolsOf(setup, options, complete)
  const gate = await openClaimGate(store.settings)
  const runtime = new ProcessRuntime({
    module,
    pools,
    stateDir: complete.stateDir,
    timeoutGraceMs: complete.timeoutGraceMs,
    deadLetters: complete.deadLetters,
    version: productVersion,
    log,
    insert,
    now: () => store.metrics.now(),
    waiting: async () => waitingByQueue(await store.metrics.tallies()),
  })
  await runtime.start()
  const sleepMs = Math.min(...pools.map((pool) => pool.sleepMs ?? complete.sleepMs))
  const station = new Station({
    ...{ store, log, failures: new FailureLog(log), gate, runtime, version: productVersion },
    options: { ...complete, sleepMs },
  })
  try {
    await station.start()
  } catch (error) {
    await runtime.close()
    throw error
  }
  return { station, taker: station.direct }
}

function poolsOf(
  setup: ProcessStationSetup,
  options: WorkOptions,
  station: StationOptions,
): readonly ProcessPoolOptions[] {
  const shared = ownPoolOptions(options)
  const given: Readonly<Record<string, NamedPoolOptions>> = options.pools ?? { default: {} }
  const names = Object.keys(given)
  if (names.length === 0) throw new StellwerkError('OPTION_INVALID', 'pools: there is none; name one, or leave it out')
  const pools = names.map((name) => ({ name, settings: completePool(name, { ...shared, ...given[name] }) }))
  for (const { settings } of pools) checkQueues(settings.queues)
  return pools.map(({ name, settings }) => {
    const others = pools.filter((pool) => pool.name !== name).flatMap((pool) => queueNamesOf(pool.settings.queues))
    const { order, weights } = balancedOrder(settings.queues, settings.balance, new Set(others))
    return {
      name,
      balance: settings.balance === 'auto' && weights !== null ? { weights, rules: settings.balanceRules } : null,
      processes: settings.processes,
      min: settings.min,
      max: settings.max,
      sleepMs: settings.sleepMs,
      queues: queueNamesOf(settings.queues),
      rules: {
        queues: order,
        types: settings.types,
        minPriority: settings.minPriority,
        batchOnly: settings.batchOnly,
        reserved: settings.reserved,
        force: settings.force,
        ageShare: station.ageShare,
      },
      setup: workerSetup(setup, options, { name, settings, station }),
    }
  })
}

function waitingByQueue(tallies: readonly Tally[]): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>()
  for (const { queue, state, count } of tallies)
    if (state === 'pending') waiting.set(queue, (waiting.get(queue) ?? 0) + count)
  return waiting
}

function ownPoolOptions(options: WorkOptions): PoolOptions {
  return Object.fromEntries(
    poolOptionNames.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  )
}

function workerSetup(
  { installationId, maxPayloadBytes, place }: ProcessStationSetup,
  { modules = [], loader = 'native' }: WorkOptions,
  pool: { readonly name: string; readonly settings: PoolSettings; readonly station: StationOptions },
): Omit<WorkerSetup, 'workerId'> {
  const { memoryBytes, maxJobs, maxTimeMs, maxExceptions, restMs, concurrency } = pool.settings
  const { stateDir, timeoutGraceMs, defaults } = pool.station
  return {
    pool: pool.name,
    jobs: modules,
    loader,
    store: place,
    installationId,
    maxPayloadBytes,
    stateDir,
    concurrency,
    handsAhead: pool.settings.reserved === null,
    timeoutGraceMs,
    defaults: { ...defaults, ...pool.settings.rules },
    limits: { memoryBytes, maxJobs, maxTimeMs, maxExceptions, restMs },
  }
}
