import { Attempt, type StopCause } from '../engine/attempt.ts'
import { cancelledOutcome, failureOutcome } from '../engine/attempt-outcome.ts'
import { stopError } from '../engine/stop-error.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import type { RemoteTypes } from './remote-types.ts'
import type { HandedJob } from './worker-process.ts'

/** How a claim ends whose worker does not answer any more and is killed for it: as the rules of its type say, which the station knows as data. */
export function overdueOutcome(
  { job, receivedMs, handedMs }: HandedJob,
  cause: StopCause,
  { types, workerId }: { readonly types: RemoteTypes; readonly workerId: string },
): Outcome {
  const sample = { cpuMs: 0, memoryBytes: 0 }
  const attempt = new Attempt({
    job,
    definition: types.find(job.type),
    rules: types.rulesOf(job),
    slot: 0,
    receivedMs,
    startedMs: handedMs,
    sample,
    sampleNow: () => sample,
    workerId,
  })
  if (cause === 'cancelled') return cancelledOutcome(attempt, sample)
  return failureOutcome(attempt, { kind: cause, thrown: stopError(attempt, cause), threw: false, final: false }, sample)
}
