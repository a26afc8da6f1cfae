import { checkInteger } from '../client/check-settings.ts'
import type { PoolOptions } from '../client/pool-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import { parsePriority } from '../domain/job/priority.ts'
import type { ReservedSlots } from '../domain/queue/reserved-slots.ts'

/** The reserve of a pool as it was given, null where there is none. @throws OPTION_INVALID naming `label`, value and remedy; also where no slot would be left */
export function completeReserved(
  label: string,
  given: PoolOptions['reserved'],
  { concurrency, processes }: { readonly concurrency: number; readonly processes: number },
): ReservedSlots | null {
  if (given === undefined) return null
  const slots = checkInteger(`${label}.slots`, given.slots, [1, 10_000_000])
  const inAll = concurrency * Math.max(1, processes)
  if (slots < inAll) return { priority: parsePriority(given.priority), slots }
  throw new StellwerkError(
    'OPTION_INVALID',
    `${label}: ${slots} of ${inAll} slots leave none for other jobs; reserve ${inAll > 1 ? `at most ${inAll - 1}` : 'none'}, or raise concurrency or processes`,
  )
}
