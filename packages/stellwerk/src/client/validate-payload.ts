import type { StandardSchemaV1 } from '@standard-schema/spec'
import { StellwerkError } from '../domain/errors.ts'
import type { AnyJobDefinition } from './job-definition.ts'

/**
 * The schema's output for `payload`; a promise only where the validator is asynchronous.
 * @throws PAYLOAD_INVALID naming the job type and the first issues with their paths
 */
export function validatePayload(definition: AnyJobDefinition, payload: unknown): unknown {
  if (definition.schema === null) {
    if (payload === undefined || payload === null) return undefined
    throw new StellwerkError(
      'PAYLOAD_INVALID',
      `job type '${definition.name}' takes no payload; add 'payload: <schema>' to its definition, or dispatch it without one`,
    )
  }
  const result = definition.schema['~standard'].validate(payload)
  return result instanceof Promise
    ? result.then((settled) => outputOf(definition, settled))
    : outputOf(definition, result)
}

function outputOf(definition: AnyJobDefinition, result: StandardSchemaV1.Result<unknown>): unknown {
  if (result.issues === undefined) return result.value
  const shown = result.issues.slice(0, 5).map(describeIssue)
  const more = result.issues.length > 5 ? `; and ${result.issues.length - 5} more` : ''
  throw new StellwerkError(
    'PAYLOAD_INVALID',
    `payload of '${definition.name}' does not fit its schema: ${shown.join('; ')}${more}`,
    {
      details: { issues: result.issues.slice(0, 50).map((issue) => ({ path: pathOf(issue), message: issue.message })) },
    },
  )
}

function describeIssue(issue: StandardSchemaV1.Issue): string {
  const path = pathOf(issue)
  return path === '' ? issue.message : `${path}: ${issue.message}`
}

function pathOf(issue: StandardSchemaV1.Issue): string {
  return (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
}
