import type { StandardSchemaV1 } from '@standard-schema/spec'
import { StellwerkError } from '../domain/errors.ts'
import { checkName } from '../domain/queue/queue-name.ts'
import { checkJobDefaults, refuseUnknownKeys } from './check-settings.ts'
import type { FailedHook, Handler, JobDefinition, JobInput, JobRequest } from './job-definition.ts'
import type { DispatchOptions, JobDefaults } from './job-settings.ts'

type NoPayload = StandardSchemaV1<undefined, undefined>

/** What a definition may say of its jobs; everything else that is written into it is not theirs. */
const defaultNames = [
  'queue',
  'deadLetter',
  'priority',
  'weight',
  'tries',
  'backoff',
  'timeout',
  'failOnTimeout',
  'maxExceptions',
  'maxCrashes',
  'retryFor',
  'memory',
] as const satisfies readonly (keyof JobDefaults)[]

const settingKeys = new Set<string>([
  'name',
  'version',
  'payload',
  'upgrade',
  'redact',
  'handle',
  'failed',
  ...defaultNames,
])

/**
 * Defines a job type once, typed end to end: dispatch takes the schema's input, the handler its output.
 * @throws OPTION_INVALID for an unknown key, JOB_DEFINITION_INVALID for a value out of range
 */
export function defineJob<Schema extends StandardSchemaV1 = NoPayload>(
  input: JobInput<Schema>,
): JobDefinition<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>> {
  const name = checkName(input.name, 'job type')
  refuseUnknownKeys(`job type '${name}'`, input, settingKeys)
  const defaults = checkJobDefaults(name, pickDefaults(input))
  const definition: JobDefinition<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>> = {
    name,
    version: input.version ?? 1,
    schema:
      (input.payload as
        | StandardSchemaV1<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>>
        | undefined) ?? null,
    upgrade: input.upgrade ?? null,
    redact: (input.redact as JobDefinition<unknown, unknown>['redact']) ?? null,
    defaults,
    handle: input.handle ?? null,
    failed: input.failed ?? null,
    with: (payload: StandardSchemaV1.InferInput<Schema>, options: DispatchOptions = {}): JobRequest => ({
      definition,
      payload,
      options,
    }),
  }
  return Object.freeze(definition)
}

/**
 * Adds the handler to a definition that was made without one, so that a web process need not load it.
 * @throws JOB_DEFINITION_INVALID when the definition has a handler already
 */
export function implement<Input, Output>(
  definition: JobDefinition<Input, Output>,
  handle: Handler<Output>,
  failed?: FailedHook<Output>,
): JobDefinition<Input, Output> {
  if (definition.handle !== null) {
    throw new StellwerkError(
      'JOB_DEFINITION_INVALID',
      `job type '${definition.name}' has a handler already; implement a definition made without 'handle'`,
    )
  }
  return Object.freeze({ ...definition, handle, failed: failed ?? definition.failed })
}

function pickDefaults(input: JobDefaults & object): JobDefaults {
  const given = defaultNames.map((name) => [name, input[name]] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
