import { StellwerkError } from '../domain/errors.ts'
import { parseBackoff } from '../domain/job/backoff.ts'
import { toPayloadText } from '../domain/job/check-payload.ts'
import type { JobOverrides } from '../domain/job/job-options.ts'
import { parsePriority } from '../domain/job/priority.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import { checkDuration, checkInteger, checkShared, checkTime, refuseUnknownKeys } from './check-settings.ts'
import type { JobRequest } from './job-definition.ts'
import type { DispatchOptions } from './job-settings.ts'
import { validatePayload } from './validate-payload.ts'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const noOptions: DispatchOptions = {}

const optionKeys = new Set<string>([
  'queue',
  'priority',
  'weight',
  'tries',
  'backoff',
  'timeout',
  'failOnTimeout',
  'maxExceptions',
  'maxCrashes',
  'delay',
  'runAt',
  'retryUntil',
  'parent',
  'run',
])

/**
 * The row to insert for one request: options checked, payload validated (its input is stored, the output discarded).
 * A promise only where the schema validates asynchronously.
 * @throws PAYLOAD_INVALID, PAYLOAD_TOO_LARGE, PAYLOAD_NOT_JSON, OPTION_INVALID
 */
export function prepareJob(request: JobRequest, maxPayloadBytes: number): NewJob | Promise<NewJob> {
  const validated = validatePayload(request.definition, request.payload)
  if (validated instanceof Promise) return validated.then(() => toNewJob(request, maxPayloadBytes))
  return toNewJob(request, maxPayloadBytes)
}

function toNewJob({ definition, payload, options }: JobRequest, maxBytes: number): NewJob {
  // A type without a schema takes none; where there is a schema, undefined would come back as null.
  const text = definition.schema === null ? 'null' : toPayloadText(payload, { maxBytes })
  const { defaults } = definition
  const checked = options === noOptions ? options : checkOptions(options)
  const given = { ...defaults, ...definedOnly(checked) }
  return {
    type: definition.name,
    typeVersion: definition.version,
    queue: given.queue ?? 'default',
    priority: given.priority === undefined ? 0 : parsePriority(given.priority),
    weight: given.weight ?? 0,
    payload: text,
    options: overridesOf(checked),
    delayMs: checked.delay === undefined ? 0 : checkDuration('delay', checked.delay),
    runAt: checked.runAt === undefined ? null : checkTime('runAt', checked.runAt),
    tries: given.tries ?? 3,
    maxCrashes: given.maxCrashes ?? 3,
    parentId: checked.parent ?? null,
    runId: checked.run ?? null,
  }
}

function checkOptions(options: DispatchOptions): DispatchOptions {
  refuseUnknownKeys('dispatch', options, optionKeys)
  checkShared(options)
  if (options.delay !== undefined && options.runAt !== undefined) {
    throw new StellwerkError('OPTION_INVALID', 'delay and runAt are both given; give one of them')
  }
  if (options.parent !== undefined) checkInteger('parent', options.parent, [1, Number.MAX_SAFE_INTEGER])
  if (options.run !== undefined && !uuidPattern.test(options.run)) {
    throw new StellwerkError('OPTION_INVALID', `run: '${options.run}' is not a UUID; give the id of a command run`)
  }
  return options
}

function overridesOf(options: DispatchOptions): string | null {
  if (options === noOptions) return null
  const overrides: JobOverrides = {
    ...(options.tries !== undefined && { tries: options.tries }),
    ...(options.backoff !== undefined && { backoff: parseBackoff(options.backoff) }),
    ...(options.timeout !== undefined && { timeoutMs: checkDuration('timeout', options.timeout) }),
    ...(options.retryUntil !== undefined && { retryUntil: checkTime('retryUntil', options.retryUntil) }),
    ...(options.maxExceptions !== undefined && { maxExceptions: options.maxExceptions }),
    ...(options.failOnTimeout !== undefined && { failOnTimeout: options.failOnTimeout }),
  }
  return Object.keys(overrides).length === 0 ? null : JSON.stringify(overrides)
}

function definedOnly(options: DispatchOptions): DispatchOptions {
  if (options === noOptions) return options
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
