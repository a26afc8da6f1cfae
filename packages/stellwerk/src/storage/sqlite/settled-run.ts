import type { RunFacts } from '../../domain/metrics/won-run.ts'

/** The figures of a run alone, out of whatever carries them. */
export function settledRun({ startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes }: RunFacts): RunFacts {
  return { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes }
}
