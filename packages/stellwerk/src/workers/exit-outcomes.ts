import type { Failure } from '../domain/job/failure.ts'
import { crashMessage } from '../domain/worker/exit-reasons.ts'
import type { CrashedOutcome, Outcome } from '../storage/outcome-store.ts'
import type { RemoteTypes } from './remote-types.ts'
import type { HandedJob, ProcessEnd } from './worker-process.ts'

/** What is known of a worker's death. */
export interface WorkerDeath {
  readonly workerId: string
  readonly handed: readonly HandedJob[]
  /** Claims that were in a handler, by its running file. */
  readonly running: readonly { readonly id: number; readonly claimSeq: number }[]
  /** `failed` hooks that ran in it: each may have been its death. */
  readonly hooks: number
  /** Whom it was killed for: their outcomes. */
  readonly blamed: ReadonlyMap<number, Outcome>
  /** It left, or was told to: nobody is charged. */
  readonly isExpected: boolean
  readonly end: ProcessEnd
  /** Resident memory at its last report, 0 where it made none. */
  readonly memoryBytes: number
  readonly nowMs: number
}

/**
 * How the claims of a worker end that is gone. Whom it was killed for gets what he did; after a death that nobody asked for the one job in a handler is charged with a
 * crash, several are suspects and run alone next; all others go back with nothing counted.
 */
export function exitOutcomes(death: WorkerDeath, types: Pick<RemoteTypes, 'rulesOf' | 'find'>): readonly Outcome[] {
  const ran = new Set(death.running.map(({ id, claimSeq }) => `${id}:${claimSeq}`))
  return death.handed.map((handed): Outcome => {
    const { id, claimSeq } = handed.job
    const blamed = death.blamed.get(id)
    if (blamed?.claimSeq === claimSeq) return blamed
    if (death.isExpected || !ran.has(`${id}:${claimSeq}`)) return { kind: 'returned', id, claimSeq }
    return crashedOutcome(death, handed, types)
  })
}

function crashedOutcome(
  death: WorkerDeath,
  handed: HandedJob,
  types: Pick<RemoteTypes, 'rulesOf' | 'find'>,
): CrashedOutcome {
  const { job } = handed
  const { tries } = types.rulesOf(job)
  return {
    kind: 'crashed',
    id: job.id,
    claimSeq: job.claimSeq,
    workerId: death.workerId,
    counted: death.running.length + death.hooks === 1,
    solo: true,
    tries: Number.isFinite(tries) ? tries : job.tries,
    failure: crashFailure(death, job.crashes + 1, job.id),
    hook: types.find(job.type)?.failed != null,
    ...handedRun(handed, death.nowMs, death.memoryBytes),
  }
}

/** The figures of a run as its station knows them: from the hand-over on. */
export function handedRun({ job, receivedMs, handedMs }: HandedJob, nowMs: number, memoryBytes: number) {
  const startedAt = Math.round(job.claimedAt + (handedMs - receivedMs))
  const memory = memoryBytes === 0 ? null : memoryBytes
  return {
    startedAt,
    waitMs: Math.max(0, startedAt - job.runAt),
    runMs: Math.round(nowMs - handedMs),
    cpuMs: null,
    memoryBytes: memory,
    memoryPeakBytes: memory,
  }
}

function crashFailure({ end, memoryBytes }: WorkerDeath, crashes: number, id: number): Failure {
  // V8 aborts when its heap is full; the kernel's out-of-memory killer sends KILL, like a person may.
  const isMemory = end.signal === 'SIGABRT' || end.code === 134
  const message = crashMessage({ jobId: id, crashes, end, memoryBytes })
  return { kind: isMemory ? 'memory' : 'crash', errorClass: 'WorkerCrash', message, stack: null, causes: [] }
}
