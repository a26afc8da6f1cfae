import type { RunningJob } from '../domain/worker/worker-report.ts'
import { maxNoteBytes } from '../engine/attempt-context.ts'
import type { WorkerFigures } from '../engine/worker-meter.ts'
import { showValue } from '../std/show-value.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { LogAppend, ProgressUpdate } from '../storage/outcome-store.ts'
import { maxFrameBytes } from './frame.ts'
import type { SentError, ToStation, TypeFacts } from './messages.ts'
import { isWorkersOutcome } from './outcome-shapes.ts'
import {
  type Check,
  faultyField,
  isAmount,
  isBoolean,
  isId,
  isObject,
  isWhole,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  textOf,
} from './shape.ts'

const isName = textOf(1_024)
const isLongText = textOf(maxFrameBytes)

const figures: Shape<WorkerFigures> = {
  jobsDone: isAmount,
  jobsFailed: isAmount,
  memoryBytes: isAmount,
  cpuPercent: isAmount,
  bytesIn: isAmount,
  bytesOut: isAmount,
  loopLagMs: isAmount,
  throughputPerMinute: isAmount,
  meanRunMs: isAmount,
  errorRatio: isAmount,
}

const runningJob: Shape<RunningJob> = { id: isId, type: isName, queue: orNull(isName), startedAt: isAmount }

const typeFacts: Shape<TypeFacts> = {
  name: isName,
  version: isWhole,
  defaults: isObject,
  hasHandler: isBoolean,
  hasHook: isBoolean,
}

const newJob: Shape<NewJob> = {
  type: isName,
  typeVersion: isWhole,
  queue: isName,
  priority: isAmount,
  weight: isAmount,
  payload: isLongText,
  options: orNull(isLongText),
  delayMs: isAmount,
  runAt: orNull(isAmount),
  tries: isWhole,
  maxCrashes: isWhole,
  parentId: orNull(isId),
  runId: orNull(isName),
}

const logAppend: Shape<LogAppend> = {
  jobId: isId,
  claimSeq: isWhole,
  attempt: isWhole,
  chunk: isWhole,
  lines: isLongText,
  dropBelowChunk: isWhole,
}

const progressUpdate: Shape<ProgressUpdate> = {
  jobId: isId,
  claimSeq: isWhole,
  progress: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  note: orNull(textOf(maxNoteBytes)),
}

const sentError: Shape<SentError> = { code: orNull(isName), message: isLongText }

const shapes: { readonly [Kind in ToStation['k']]: Shape<Omit<Extract<ToStation, { readonly k: Kind }>, 'k'>> } = {
  hello: { version: isName, types: listOf(objectOf(typeFacts)) },
  unfit: { error: objectOf(sentError) },
  // Whoever takes the completions looks at their columns.
  ended: { completed: isObject, outcomes: listOf(isWorkersOutcome) },
  live: { logs: listOf(objectOf(logAppend)), progress: listOf(objectOf(progressUpdate)) },
  committed: { completed: isObject },
  stuck: { outcome: isWorkersOutcome },
  dispatch: { n: isWhole, jobs: listOf(objectOf(newJob)) },
  hooked: { n: isWhole },
  report: { figures: objectOf(figures), running: listOf(objectOf(runningJob)), runningCount: isWhole },
  recycle: { reason: oneOf(['memory', 'maxJobs', 'maxTime', 'maxExceptions']) },
  signal: { signal: oneOf(['stop', 'restart', 'pause', 'resume']) },
  log: {
    level: oneOf(['debug', 'info', 'warn', 'error']),
    message: (value) => typeof value === 'string',
    fields: isObject,
  },
  bye: {},
}

/**
 * Lets pass what a worker of ours may send. User code shares its process and could write anything into its channel, and what is stored of one worker's word is
 * stored together with that of others. @throws Error naming the message and the field
 */
export function checkMessage(message: unknown): asserts message is ToStation {
  if (!isObject(message)) throw new Error('a message that is no object')
  const kind = message['k']
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind))
    throw new Error(`a message of no kind that we know: ${showValue(kind)}`)
  const shape: Readonly<Record<string, Check>> = shapes[kind as ToStation['k']]
  const field = faultyField(message, shape)
  if (field !== undefined) throw new Error(`a message '${kind}' whose '${field}' is not what it should be`)
}
