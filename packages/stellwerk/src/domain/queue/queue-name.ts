import { isStorable } from '../../std/well-formed.ts'
import { StellwerkError } from '../errors.ts'

const MAX_LENGTH = 200

/**
 * `name` if it can name a queue, a job type or a token: 1 to 200 characters, well-formed, without control characters, line breaks, white space at its ends, and not '*'.
 * @throws StellwerkError OPTION_INVALID naming the value and the rule it breaks
 */
export function checkName(name: unknown, what: 'queue' | 'job type' | 'token'): string {
  if (name === undefined) throw refusal(what, `the ${what} has no name: give it one, a text`)
  const why = faultOf(name)
  if (why === undefined && typeof name === 'string') return name
  const shown =
    typeof name === 'string'
      ? JSON.stringify(name.slice(0, 60).toWellFormed())
      : `of type ${name === null ? 'null' : typeof name}`
  throw refusal(what, `the ${what} name ${shown} is not accepted: ${why}`)
}

function refusal(what: string, message: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', message, { details: { option: what } })
}

function faultOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'give a text'
  if (name.length === 0 || name.length > MAX_LENGTH) return `give 1 to ${MAX_LENGTH} characters, it has ${name.length}`
  if (name === '*') return '* stands for all of them, give a name of its own'
  if (!isStorable(name) || /[\p{Cc}\u2028\u2029]/u.test(name))
    return 'leave out control characters, line breaks and broken characters'
  return name.trim() === name ? undefined : 'leave out white space at its ends'
}
