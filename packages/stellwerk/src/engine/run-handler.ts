import type { AnyJobDefinition } from '../client/job-definition.ts'
import { validatePayload } from '../client/validate-payload.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { FailureKind } from '../domain/job/failure.ts'
import type { Attempt } from './attempt.ts'
import { AttemptContext } from './attempt-context.ts'
import type { HandlerHost } from './handler-host.ts'

/**
 * The steps of one run: read the payload, upgrade it, validate it, hand it to the handler. Returns what the handler returns, a promise
 * where a step is asynchronous.
 * @throws JOB_TYPE_UNKNOWN, PAYLOAD_INVALID, and whatever the handler throws
 */
export function runHandler(attempt: Attempt, host: HandlerHost): unknown {
  const definition = definitionOf(attempt)
  const payload = validatePayload(definition, upgradePayload(attempt, definition, readPayload(attempt)))
  const context = new AttemptContext(attempt, host)
  if (payload instanceof Promise)
    return payload.then((value: unknown) => callHandler(attempt, definition, [value, context]))
  return callHandler(attempt, definition, [payload, context])
}

function callHandler(
  attempt: Attempt,
  definition: AnyJobDefinition,
  given: readonly [unknown, AttemptContext],
): unknown {
  attempt.inHandler = true
  return definition.handle?.(...given)
}

function definitionOf({ start }: Attempt): AnyJobDefinition {
  if (start.definition?.handle == null) {
    throw new StellwerkError(
      'JOB_TYPE_UNKNOWN',
      `this process has no handler for job type '${start.job.type}'; add its module to 'jobs'`,
    )
  }
  return start.definition
}

function readPayload({ start }: Attempt): unknown {
  const { payload } = start.job
  if (payload === 'null' && start.definition?.schema === null) return undefined
  try {
    return JSON.parse(payload)
  } catch (cause) {
    throw new StellwerkError('PAYLOAD_INVALID', `the stored payload of job ${start.job.id} is not JSON`, { cause })
  }
}

function upgradePayload({ start }: Attempt, definition: AnyJobDefinition, payload: unknown): unknown {
  const from = start.job.typeVersion
  if (from === definition.version) return payload
  if (from > definition.version) {
    throw new StellwerkError(
      'PAYLOAD_INVALID',
      `job ${start.job.id} was dispatched by version ${from} of '${definition.name}', this process knows version ${definition.version}; deploy the newer one`,
    )
  }
  return definition.upgrade === null ? payload : definition.upgrade(payload, from)
}

/** What the failure of an attempt is called that threw: before the handler was reached it is the payload's or the type's doing. */
export function failureKindOf(attempt: Attempt): FailureKind {
  if (attempt.inHandler) return 'error'
  return attempt.start.definition?.handle == null ? 'unknown_type' : 'payload'
}

/** Whether a handler returned something to wait for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
