import { type ErrorCode, isStellwerkError, type StellwerkError } from '../domain/errors.ts'
import type { Log } from '../std/log.ts'
import { problemStatus } from './problem-status.ts'
import type { Problem } from './schemas/problem.ts'

/** Problem details as RFC 9457 has them. */
const problemType = 'application/problem+json'

/** Header fields of an answer. */
type Fields = Readonly<Record<string, string>>

/** The answer to a request that was refused or went wrong. What is not one of our errors is logged with its stack, and answered without a word of it. */
export function problemResponse(error: unknown, context: { readonly requestId: string; readonly log: Log }): Response {
  if (!isStellwerkError(error)) return unexpected(error, context)
  const status = problemStatus[error.code]
  if (status >= 500) context.log.error('request failed', { requestId: context.requestId, error })
  return respond(toProblem(error, context.requestId), fieldsOf(error))
}

/** What an error says, as problem details. Pure. */
export function toProblem(error: StellwerkError, instance: string): Problem {
  const { code, message, details } = error
  return {
    type: `urn:stellwerk:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(code),
    status: problemStatus[code],
    detail: message,
    code,
    ...(Object.keys(details).length > 0 && { details }),
    instance,
  }
}

function unexpected(error: unknown, { requestId, log }: { readonly requestId: string; readonly log: Log }): Response {
  log.error('request failed unexpectedly', { requestId, error })
  return respond({
    type: 'urn:stellwerk:problem:internal',
    title: titleOf('INTERNAL'),
    status: 500,
    detail: `something unexpected went wrong; the log of this process tells more under ${requestId}`,
    code: 'INTERNAL',
    instance: requestId,
  })
}

function respond(problem: Problem, fields: Fields = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': problemType, ...fields },
  })
}

function fieldsOf({ code, details }: StellwerkError): Fields {
  if (code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' }
  if (code === 'RATE_LIMITED') return { 'retry-after': String(details['retryAfterSeconds'] ?? 5) }
  if (code === 'METHOD_NOT_ALLOWED') return { allow: String(details['allowed']) }
  return code === 'STORE_BUSY' || code === 'STORE_UNREACHABLE' ? { 'retry-after': '1' } : {}
}

/** JOB_NOT_FOUND: 'Job not found'. */
function titleOf(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
