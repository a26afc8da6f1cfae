import type { ResolvedConfiguration } from '../app/configuration/resolve-configuration.ts'
import type { NamedPoolOptions, PoolOptions } from '../client/pool-options.ts'
import type { WorkOptions } from '../client/work-options.ts'
import { poolOptionNames } from '../engine/pool-settings.ts'
import { retentionOf } from './retention-of.ts'

/** What a station is started with, as the configuration says: what was typed goes before what a pool says of itself. */
export function workOptionsOf({ values, origins }: ResolvedConfiguration): WorkOptions {
  const own: Record<string, unknown> = {}
  const typed: Record<string, unknown> = typedRules({ values, origins })
  for (const name of poolOptionNames) {
    if (values[name] === null) continue
    own[name] = values[name]
    if (origins[name].kind === 'command line') typed[name] = values[name]
  }
  const pools = poolsWith(values.pools, typed)
  return {
    ...(own as PoolOptions),
    executor: values.executor,
    modules: values.jobs,
    loader: values.loader,
    ...(values.executor === 'process' && pools !== null && { pools }),
    grace: values.grace,
    timeoutGrace: values.timeoutGrace,
    lease: values.lease,
    ageShare: values.ageShare,
    snapshotAlarm: values.snapshotAlarm,
    stateDir: values.stateDir,
    deadLetters: values.deadLetters,
    retention: retentionOf(values),
    defaults: {
      tries: values['defaults.tries'],
      timeout: values['defaults.timeout'],
      backoff: values['defaults.backoff'],
    },
    ...(values.sleep !== null && { sleep: values.sleep }),
    ...(values.label !== null && { label: values.label }),
  }
}

/** Rules that were typed hold for every pool, whatever it says of itself. */
function typedRules({ values, origins }: Pick<ResolvedConfiguration, 'values' | 'origins'>): Record<string, unknown> {
  const keys = {
    timeout: 'defaults.timeout',
    tries: 'defaults.tries',
    backoff: 'defaults.backoff',
    sleep: 'sleep',
  } as const
  const typed = Object.entries(keys).filter(([, key]) => origins[key].kind === 'command line')
  return Object.fromEntries(typed.map(([name, key]) => [name, values[key]]))
}

/** Queues that were typed make the pools of the file void: it is then one pool. */
function poolsWith(
  pools: Readonly<Record<string, NamedPoolOptions>> | null,
  typed: NamedPoolOptions,
): Readonly<Record<string, NamedPoolOptions>> | null {
  if (pools === null || typed.queues !== undefined) return null
  return Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, { ...pool, ...typed }]))
}
