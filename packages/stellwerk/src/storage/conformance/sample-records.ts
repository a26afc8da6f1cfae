import type { Failure } from '../../domain/job/failure.ts'
import type { ClaimedJob } from '../claim-store.ts'
import type { NewJob } from '../dispatch-store.ts'
import type {
  CancelledOutcome,
  CompletedOutcome,
  CrashedOutcome,
  FailedOutcome,
  RetryingOutcome,
  ReturnedOutcome,
  SnoozedOutcome,
} from '../outcome-store.ts'
import type { NewStation } from '../station-store.ts'

/** A plain job of type `send`, queue `mail`, due at once, with what a test changes. */
export function newJob(changes: Partial<NewJob> = {}): NewJob {
  return {
    type: 'send',
    typeVersion: 1,
    queue: 'mail',
    priority: 0,
    weight: 0,
    payload: '{"to":1}',
    options: null,
    delayMs: 0,
    runAt: null,
    tries: 3,
    maxCrashes: 3,
    parentId: null,
    runId: null,
    ...changes,
  }
}

/** A station with a lease of 10 s. */
export function newStation(changes: Partial<NewStation> = {}): NewStation {
  return {
    id: 'station-a',
    host: 'host-1',
    pid: 4711,
    label: null,
    version: '0.1.0',
    concurrency: 10,
    types: ['send'],
    queues: ['*'],
    leaseMs: 10_000,
    ...changes,
  }
}

/** A thrown error with one cause. */
export function newFailure(changes: Partial<Failure> = {}): Failure {
  return {
    kind: 'error',
    errorClass: 'TypeError',
    message: 'no such address',
    stack: 'TypeError: no such address\n    at send (mail.ts:3:7)',
    causes: [{ errorClass: 'RangeError', message: 'index 7' }],
    ...changes,
  }
}

type RunFigures = Pick<CompletedOutcome, 'startedAt' | 'waitMs' | 'runMs' | 'cpuMs' | 'memoryBytes' | 'memoryPeakBytes'>

/** A run that began 5 ms after its claim. */
export function runOf(job: ClaimedJob): RunFigures {
  return {
    startedAt: job.claimedAt + 5,
    waitMs: 12,
    runMs: 34,
    cpuMs: 8,
    memoryBytes: 1_000,
    memoryPeakBytes: 2_000,
  }
}

/** T5 of this claim. */
export function completedOf(job: ClaimedJob, changes: Partial<CompletedOutcome> = {}): CompletedOutcome {
  return {
    kind: 'completed',
    queue: job.queue,
    type: job.type,
    id: job.id,
    claimSeq: job.claimSeq,
    tries: job.tries,
    result: '{"ok":true}',
    ...runOf(job),
    ...changes,
  }
}

/** T6 of this claim: again in a second. */
export function retryingOf(job: ClaimedJob, changes: Partial<RetryingOutcome> = {}): RetryingOutcome {
  return {
    kind: 'retrying',
    id: job.id,
    claimSeq: job.claimSeq,
    tries: job.tries,
    threw: true,
    delayMs: 1_000,
    failure: newFailure(),
    ...runOf(job),
    ...changes,
  }
}

/** T6 of this claim: for good. */
export function failedOf(job: ClaimedJob, changes: Partial<FailedOutcome> = {}): FailedOutcome {
  return {
    kind: 'failed',
    id: job.id,
    claimSeq: job.claimSeq,
    tries: job.tries,
    threw: true,
    failure: newFailure(),
    hook: false,
    ...runOf(job),
    ...changes,
  }
}

/** T7 of this claim: given back. */
export function returnedOf(job: ClaimedJob): ReturnedOutcome {
  return { kind: 'returned', id: job.id, claimSeq: job.claimSeq }
}

/** T7 of this claim: later. */
export function snoozedOf(job: ClaimedJob, delayMs: number): SnoozedOutcome {
  return { kind: 'snoozed', id: job.id, claimSeq: job.claimSeq, delayMs }
}

/** T8 of this claim by its own station: counted, and alone next. */
export function crashedOf(job: ClaimedJob, changes: Partial<CrashedOutcome> = {}): CrashedOutcome {
  return {
    kind: 'crashed',
    id: job.id,
    claimSeq: job.claimSeq,
    tries: job.tries,
    counted: true,
    solo: true,
    failure: newFailure({ kind: 'crash', errorClass: 'WorkerCrash', stack: null, causes: [] }),
    hook: true,
    ...runOf(job),
    ...changes,
  }
}

/** T9 of this claim. */
export function cancelledOf(job: ClaimedJob, changes: Partial<CancelledOutcome> = {}): CancelledOutcome {
  return {
    kind: 'cancelled',
    id: job.id,
    claimSeq: job.claimSeq,
    tries: job.tries,
    failure: newFailure({ kind: 'cancelled', errorClass: 'CancelledError', stack: null, causes: [] }),
    ...runOf(job),
    ...changes,
  }
}

/** One outcome of each kind of this claim: completed, retrying, failed, returned, snoozed, crashed, cancelled. */
export function everyKindOf(job: ClaimedJob) {
  return [
    completedOf(job),
    retryingOf(job),
    failedOf(job),
    returnedOf(job),
    snoozedOf(job, 10),
    crashedOf(job),
    cancelledOf(job),
  ] as const
}
