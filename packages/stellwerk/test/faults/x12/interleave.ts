import fc from 'fast-check'
import { faultFigure, faultSeed, report } from '../fault-scale.ts'

/** Interleavings of one component. */
export const interleavings = faultFigure({ npm: 200, ci: 5_000, release: 200_000 })
/** Most of a run is waiting for the component's own short timers: so many runs share the process. */
const lanes = 50

/** Tries a property under many orders of its scheduler; a failure names the seed and the order. */
export async function interleave<Ts extends unknown[]>(
  name: string,
  property: () => fc.IAsyncProperty<Ts>,
): Promise<void> {
  const seed = faultSeed(`X12 ${name}`)
  const each = Math.ceil(interleavings / lanes)
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(property(), { numRuns: each, seed: seed + lane, endOnFailure: true }),
    ),
  )
  report(`X12 ${name}`, { fired: each * lanes, part: name })
}
