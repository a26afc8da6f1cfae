import type { z } from 'zod'
import { StellwerkError } from '../domain/errors.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { isStorable } from '../std/well-formed.ts'
import { readBody } from './read-body.ts'
import type { Route, RouteInput } from './route.ts'

/** A request as the router matched it. */
export interface MatchedRequest {
  readonly request: Request
  readonly search: string
  readonly params: Readonly<Record<string, string>>
  readonly maxBodyBytes: number
}

/** Issues that an answer names; the rest is counted. */
const MOST_ISSUES = 20

/** What a request asks of a route, checked against its schemas. @throws PARAMETER_INVALID, BODY_INVALID and what readBody throws */
export async function readInput(route: Route, matched: MatchedRequest): Promise<RouteInput> {
  const params = route.params === null ? {} : check(route.params, matched.params, 'PARAMETER_INVALID')
  refuseUnstorable(matched.params)
  const query = readQuery(route.query, matched.search)
  const given = await readBody(matched.request, matched.maxBodyBytes)
  const body = route.body === null ? refuseBody(given) : check(route.body, given, 'BODY_INVALID')
  return { params, query, body, headers: matched.request.headers }
}

function readQuery(schema: z.ZodObject | null, search: string): unknown {
  const known = Object.keys(schema?.shape ?? {})
  const given: Record<string, string> = {}
  for (const [key, value] of new URLSearchParams(search)) {
    if (!known.includes(key)) throw unknownParameter(key, known)
    if (Object.hasOwn(given, key)) throw invalid('PARAMETER_INVALID', `parameter '${key}' is given twice; give it once`)
    given[key] = value
  }
  const checked = schema === null ? {} : check(schema, given, 'PARAMETER_INVALID')
  refuseUnstorable(given)
  return checked
}

/** Nothing in a store can have such a name. */
function refuseUnstorable(given: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(given)) {
    if (!isStorable(value))
      throw invalid('PARAMETER_INVALID', `parameter '${key}' holds a NUL character, which no name has; leave it out`)
  }
}

function unknownParameter(key: string, known: readonly string[]): StellwerkError {
  const shown = key.slice(0, 60)
  const list = known.length === 0 ? '; this route takes none' : `; known are ${known.join(', ')}`
  return invalid('PARAMETER_INVALID', `unknown parameter '${shown}'${didYouMean(shown, known) || list}`)
}

function refuseBody(given: unknown): unknown {
  if (given === undefined) return undefined
  if (typeof given === 'object' && given !== null && Object.keys(given).length === 0) return undefined
  throw invalid('BODY_INVALID', 'this route takes no body; leave it out')
}

function check(schema: z.ZodType, given: unknown, code: 'PARAMETER_INVALID' | 'BODY_INVALID'): unknown {
  if (given === undefined) throw invalid(code, 'the body is missing; send JSON')
  const checked = schema.safeParse(given)
  if (checked.success) return checked.data
  const issues = checked.error.issues
    .slice(0, MOST_ISSUES)
    .map((issue) => ({ path: pathOf(issue), message: textOf(issue) }))
  const [first] = issues
  const shown =
    first === undefined ? 'it does not fit' : `${first.path === '' ? 'it' : `'${first.path}'`} ${first.message}`
  const more = checked.error.issues.length > 1 ? `; and ${checked.error.issues.length - 1} more` : ''
  const what = code === 'BODY_INVALID' ? 'the body is not accepted: ' : 'parameter '
  throw new StellwerkError(code, `${what}${shown}${more}`, { details: { issues } })
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return path.map(String).join('.').slice(0, 120)
}

function textOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, 5).map((key) => `'${key.slice(0, 60)}'`)
    return `has unknown keys: ${keys.join(', ')}`
  }
  return `does not fit: ${issue.message.slice(0, 200)}`
}

function invalid(code: 'PARAMETER_INVALID' | 'BODY_INVALID', message: string): StellwerkError {
  return new StellwerkError(code, message)
}
