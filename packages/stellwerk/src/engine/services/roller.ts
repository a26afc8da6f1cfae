import type { RollupStore } from '../../storage/rollup-store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Rows per transaction: a few milliseconds of sketches to merge. */
const batch = 200
/** Minutes are closed once a minute; a station that finds all done asks for little. */
const intervalMs = 20_000

/** What a roller needs. */
export interface RollerOptions {
  readonly rollup: Pick<RollupStore, 'rollMinutes' | 'rollHours'>
  readonly failures: FailureLog
}

/** Rolls closed minutes into hours and closed hours into UTC days. Every station has one; the store sees to it that each row counts once. */
export function createRoller({ rollup, failures }: RollerOptions): PeriodicService {
  return new PeriodicService({ name: 'roller', intervalMs, failures, pass: (signal) => rollUp(rollup, signal) })
}

/** One pass: minutes first, so that an hour is closed with all of its own. Ends early when `signal` aborts, between two transactions. */
export async function rollUp(rollup: RollerOptions['rollup'], signal: AbortSignal): Promise<void> {
  for (const roll of [rollup.rollMinutes, rollup.rollHours]) {
    while (!signal.aborted && (await roll(batch)) === batch);
  }
}
