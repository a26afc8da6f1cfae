import type fc from 'fast-check'
import { bulk, fold, hooks } from './failed-commands.ts'
import { advance, claim, dispatch, promote, settle, verb } from './job-commands.ts'
import { lapse, pruneStations, register, releaseOthers, renew, rescue, retire } from './station-commands.ts'
import type { StoreCommand } from './store-command.ts'

/** Every command of fault X11, with how often it comes up. */
const weights: readonly (readonly [number, fc.Arbitrary<StoreCommand>])[] = [
  ...([
    [3, dispatch],
    [8, claim],
    [8, settle],
    [4, verb],
    [3, advance],
    [3, promote],
    [1, register],
  ] as const),
  ...([
    [1, renew],
    [3, rescue],
    [1, retire],
    [1, releaseOthers],
    [1, lapse],
    [2, bulk],
    [1, hooks],
    [1, pruneStations],
    [1, fold],
  ] as const),
]

/** The commands of fault X11; those that carry the work come up more often. */
export const storeCommands: fc.Arbitrary<StoreCommand>[] = weights.flatMap(([times, command]) =>
  Array.from({ length: times }, () => command),
)
