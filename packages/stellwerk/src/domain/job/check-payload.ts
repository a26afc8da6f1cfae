import { isStorable } from '../../std/well-formed.ts'
import { type ErrorCode, StellwerkError } from '../errors.ts'
import { firstFault, MAX_DEPTH, MAX_KEYS, type PayloadFault, payloadPath } from './payload-fault.ts'

/** What a payload may have at most, whatever is configured. */
export const payloadBounds = { defaultBytes: 262_144, maxBytes: 1_048_576, depth: MAX_DEPTH, keys: MAX_KEYS } as const

/** `maxBytes` of JSON in UTF-8 (262,144 by default, at most 1,048,576); `what` names the value in messages. */
export interface PayloadLimits {
  readonly maxBytes?: number
  readonly what?: 'payload' | 'result'
}

/**
 * The JSON text of a value that is to be stored: what JSON.stringify gives, once it is sure that nothing is lost or harmful in it.
 * Refused are functions, symbols, BigInt, NaN, undefined in a list, objects that JSON empties (Map, Set, Error ...), cycles, NUL and lone surrogates,
 * the keys `__proto__` and `constructor.prototype`, more than 64 levels, 10,000 keys or the bytes allowed. `toJSON` counts, undefined members are left out.
 * @throws StellwerkError PAYLOAD_TOO_LARGE for a size, PAYLOAD_NOT_JSON for the rest, with the place as a JSON path
 */
export function toPayloadText(value: unknown, limits: PayloadLimits = {}): string {
  const text = stringified(value, limits)
  const maxBytes = bytesAllowed(limits)
  if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) throw tooManyBytes(maxBytes, limits)
  // JSON.stringify escapes exactly what must be looked at: only a text with one of these marks is walked again, string by string.
  if (text.includes('\\u') || text.includes('"__proto__"') || text.includes('"prototype"')) refuseBadTexts(text, limits)
  return text
}

/**
 * The value of a JSON text from outside, under the limits of {@link toPayloadText}. Bounded before it is parsed: a million brackets cost a scan.
 * @throws StellwerkError PAYLOAD_TOO_LARGE or PAYLOAD_NOT_JSON as there
 */
export function checkPayloadText(text: string, limits: PayloadLimits = {}): unknown {
  const maxBytes = bytesAllowed(limits)
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) throw tooManyBytes(maxBytes, limits)
  const deepAt = offsetBeyondDepth(text)
  if (deepAt >= 0) {
    throw refusal(
      'PAYLOAD_TOO_LARGE',
      `is nested more than ${MAX_DEPTH} levels deep at character ${deepAt + 1}`,
      limits,
    )
  }
  const value = parsed(text, limits)
  const fault = firstFault(value, { maxBytes, careful: true })
  if (fault) throw refusalOf(fault, limits)
  return value
}

function bytesAllowed(limits: PayloadLimits): number {
  return Math.min(limits.maxBytes ?? payloadBounds.defaultBytes, payloadBounds.maxBytes)
}

function stringified(value: unknown, limits: PayloadLimits): string {
  let fault: PayloadFault | undefined
  try {
    fault = firstFault(value, { maxBytes: bytesAllowed(limits), careful: false })
    const text = fault ? undefined : JSON.stringify(value)
    if (text !== undefined) return text
  } catch (cause) {
    // A getter, a toJSON or a proxy of the caller threw.
    const why = 'cannot be read: one of its members throws when it is read'
    throw new StellwerkError('PAYLOAD_NOT_JSON', `the ${limits.what ?? 'payload'} ${why}`, {
      cause,
      details: { where: '$', why },
    })
  }
  throw fault ? refusalOf(fault, limits) : refusal('PAYLOAD_NOT_JSON', 'is undefined, which JSON does not have', limits)
}

function refuseBadTexts(text: string, limits: PayloadLimits): void {
  const fault = firstFault(JSON.parse(text), { maxBytes: bytesAllowed(limits), careful: true })
  if (fault) throw refusalOf(fault, limits)
}

function parsed(text: string, limits: PayloadLimits): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the text, which may hold a secret: only the place is kept.
    const place = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined
    const why = text.trim() === '' ? 'is empty' : isStorable(text) ? 'is not valid JSON' : 'is not valid text'
    throw refusal('PAYLOAD_NOT_JSON', place === undefined ? why : `${why} at character ${Number(place) + 1}`, limits)
  }
}

/** Offset of the bracket that opens one level too many, -1 where none does. Texts are skipped, the rest is left to the parser. */
function offsetBeyondDepth(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfText(text, at)
    else depth += levelChange(code)
    if (depth > MAX_DEPTH) return at
  }
  return -1
}

/** Offset of the quote that closes the text opened at `from`. */
function endOfText(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
  return at
}

function levelChange(code: number): number {
  if (code === 0x5b || code === 0x7b) return 1
  return code === 0x5d || code === 0x7d ? -1 : 0
}

function refusalOf(fault: PayloadFault, limits: PayloadLimits): StellwerkError {
  const where = payloadPath(fault.path)
  const place = where === '$' ? '' : ` at ${where}`
  const { what = 'payload' } = limits
  return new StellwerkError(fault.code, `the ${what}${place} ${fault.why}`, { details: { where, why: fault.why } })
}

function tooManyBytes(maxBytes: number, limits: PayloadLimits): StellwerkError {
  const why = `is larger than ${maxBytes.toLocaleString('en-US')} bytes of JSON: store what is large elsewhere and pass its address`
  return refusal('PAYLOAD_TOO_LARGE', why, limits)
}

function refusal(code: ErrorCode, why: string, limits: PayloadLimits): StellwerkError {
  return new StellwerkError(code, `the ${limits.what ?? 'payload'} ${why}`, { details: { where: '$', why } })
}
