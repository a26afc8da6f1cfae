import type { ConfigurationValues } from '../app/configuration/settings.ts'
import { listStations } from '../operations/list-stations.ts'
import type { OperationDeps } from '../operations/operation-deps.ts'
import { unfedQueues } from '../operations/unfed-queues.ts'
import { unfedText } from './unfed-text.ts'

/** The queues that a configuration names, those of its pools too; '*' stands for all. Pure. */
export function namedQueues({ queues, pools }: Pick<ConfigurationValues, 'queues' | 'pools'>): readonly string[] {
  const given = [queues, ...Object.values(pools ?? {}).map((pool) => pool.queues ?? [])]
  return given.flatMap((choice) => (typeof choice === 'string' ? [choice] : namesOf(choice)))
}

/** Says once what may be a mistake in how a station was set up: a queue that nobody feeds, a label that another live station has. Nothing of it keeps it from working. */
export async function warnOfSetup(
  deps: OperationDeps,
  stationId: string,
  values: Pick<ConfigurationValues, 'queues' | 'pools' | 'label'>,
): Promise<void> {
  const { log } = deps
  try {
    for (const unfed of await unfedQueues(deps, namedQueues(values))) log.warn(unfedText(unfed), { station: stationId })
    if (values.label === null) return
    const { stations } = await listStations(deps)
    const others = stations.filter(
      ({ id, state, label }) => id !== stationId && state === 'alive' && label === values.label,
    )
    if (others.length > 0)
      log.warn(`another live station has the label '${values.label}'; they are told apart by their ids`, {
        station: stationId,
        others: others.map(({ id }) => id),
      })
  } catch (error) {
    log.warn('the setup of this station could not be compared with the store', { station: stationId, error })
  }
}

function namesOf(choice: readonly string[] | Readonly<Record<string, number>>): readonly string[] {
  return Array.isArray(choice) ? choice : Object.keys(choice)
}
