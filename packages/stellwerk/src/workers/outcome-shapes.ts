import { maxClassBytes, maxMessageBytes, maxStackBytes } from '../domain/job/describe-failure.ts'
import { type Failure, type FailureCause, failureKinds } from '../domain/job/failure.ts'
import type { RunFacts } from '../domain/metrics/won-run.ts'
import type {
  CancelledOutcome,
  CompletedOutcome,
  CrashedOutcome,
  FailedOutcome,
  Outcome,
  RetryingOutcome,
  ReturnedOutcome,
  SnoozedOutcome,
} from '../storage/outcome-store.ts'
import {
  type Check,
  isAmount,
  isBoolean,
  isId,
  isObject,
  isWhole,
  listOf,
  objectOf,
  oneOf,
  orMissing,
  orNull,
  type Shape,
  textOf,
} from './shape.ts'

const maxIdBytes = 1_024
const cause: Shape<FailureCause> = { errorClass: textOf(maxClassBytes), message: textOf(maxMessageBytes) }
const failure: Shape<Failure> = {
  kind: oneOf(failureKinds),
  ...cause,
  stack: orNull(textOf(maxStackBytes)),
  causes: listOf(objectOf(cause)),
}
const isFailure = objectOf(failure)

/** A claim, and what ran it. */
const fenced = { id: isId, claimSeq: isWhole, workerId: orMissing(orNull(textOf(maxIdBytes))) }

/** What a run cost. */
export const runFacts: Shape<RunFacts> = {
  startedAt: isAmount,
  waitMs: isAmount,
  runMs: isAmount,
  cpuMs: orNull(isAmount),
  memoryBytes: orNull(isAmount),
  memoryPeakBytes: orNull(isAmount),
}

const failed = { ...fenced, ...runFacts, tries: isWhole, threw: isBoolean, failure: isFailure }

type FieldsOf<Kind extends Outcome> = Shape<Omit<Kind, 'kind'>>

/** What a worker says one by one. Completions come by column, and that a worker has died is the station's to say. */
const shapes: {
  readonly [Kind in Exclude<Outcome, CompletedOutcome | CrashedOutcome>['kind']]: Readonly<Record<string, Check>>
} = {
  retrying: { ...failed, delayMs: isAmount } satisfies FieldsOf<RetryingOutcome>,
  failed: { ...failed, hook: isBoolean } satisfies FieldsOf<FailedOutcome>,
  returned: fenced satisfies FieldsOf<ReturnedOutcome>,
  snoozed: { ...fenced, delayMs: isAmount } satisfies FieldsOf<SnoozedOutcome>,
  cancelled: {
    ...fenced,
    tries: isWhole,
    failure: orNull(isFailure),
    startedAt: orNull(isAmount),
    waitMs: orNull(isAmount),
    runMs: orNull(isAmount),
    cpuMs: orNull(isAmount),
    memoryBytes: orNull(isAmount),
    memoryPeakBytes: orNull(isAmount),
  } satisfies FieldsOf<CancelledOutcome>,
}

/** How a claim may end by a worker's word. */
export function isWorkersOutcome(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(shapes, String(value['kind']))) return false
  return objectOf(shapes[value['kind'] as keyof typeof shapes])(value)
}
